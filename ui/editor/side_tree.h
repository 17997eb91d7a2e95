#pragma once

#include <Qt>

class QTreeView;

namespace headgate::ui {

class Theme;

// What a row may tell the tree beside Qt's own roles.
enum SideTreeRole {
    MarkRole = Qt::UserRole + 100, // name of a small icon at the right
    MarkInkRole,                   // its Token; none: faint
    DimRole,                       // bool: not in use, in the secondary colour
};

// A tree as the side panels show it: no header, no frame, rows of 26 px; rows that cannot be
// selected are captions of groups. The theme outlives the tree.
QTreeView *makeSideTree(const Theme &theme);

} // namespace headgate::ui
