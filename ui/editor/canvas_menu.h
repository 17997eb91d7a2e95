#pragma once

class QMenu;

namespace headgate::ui {

class CanvasActionList;

// Fills the menu of a right click with what can be done there.
void fillCanvasMenu(QMenu &menu, const CanvasActionList &actions);

// The submenu of align, distribute and tidy up; for the Arrange menu, too.
void fillArrangeMenu(QMenu &menu, const CanvasActionList &actions);

} // namespace headgate::ui
