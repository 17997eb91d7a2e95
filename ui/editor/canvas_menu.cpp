#include "ui/editor/canvas_menu.h"

#include "ui/common/texts.h"
#include "ui/editor/canvas_action_list.h"

#include <QMenu>

namespace headgate::ui {

namespace {

void addTo(QMenu &menu, const CanvasActionList &actions, std::initializer_list<const char *> names)
{
    for (const char *name : names)
        menu.addAction(actions.action(name));
}

} // namespace

void fillCanvasMenu(QMenu &menu, const CanvasActionList &actions)
{
    addTo(menu, actions, {"canvas.connect", "canvas.rename", "canvas.inspect"});
    menu.addSeparator();
    addTo(menu, actions,
          {"canvas.cut", "canvas.copy", "canvas.paste", "canvas.paste_wired", "canvas.duplicate"});
    menu.addSeparator();
    addTo(menu, actions, {"canvas.delete", "canvas.delete_reconnect"});
    menu.addSeparator();
    addTo(menu, actions, {"canvas.mute", "canvas.bypass"});
    menu.addSeparator();
    addTo(menu, actions,
          {"canvas.group", "canvas.ungroup", "canvas.collapse_group", "canvas.rename_group"});
    fillArrangeMenu(*menu.addMenu(Texts::tr("Arrange")), actions);
    menu.addSeparator();
    addTo(menu, actions, {"canvas.fit", "canvas.fit_selection", "canvas.zoom_100"});
    menu.addSeparator();
    addTo(menu, actions, {"canvas.mini_map", "canvas.wheel_scrolls", "canvas.keys"});
}

void fillArrangeMenu(QMenu &menu, const CanvasActionList &actions)
{
    addTo(menu, actions,
          {"canvas.align_left", "canvas.align_centre", "canvas.align_right", "canvas.align_top",
           "canvas.align_middle", "canvas.align_bottom"});
    menu.addSeparator();
    addTo(menu, actions, {"canvas.distribute_horizontally", "canvas.distribute_vertically"});
    menu.addSeparator();
    addTo(menu, actions, {"canvas.tidy"});
}

} // namespace headgate::ui
