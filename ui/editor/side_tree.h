#pragma once

class QTreeView;

namespace headgate::ui {

class Theme;

// A tree as the side panels show it: no header, no frame, rows of 26 px; top rows without a kind
// are captions of groups. The theme outlives the tree.
QTreeView *makeSideTree(const Theme &theme);

} // namespace headgate::ui
