#include "app/workbench/drawing_help.h"

#include "app/workbench/texts.h"

namespace headgate::workbench {

QList<ui::KeyGroup> drawingHelp()
{
    return {
        {Texts::tr("Mouse in the drawing"),
         {
             {Texts::tr("Click"), Texts::tr("Select")},
             {Texts::tr("Ctrl+click"), Texts::tr("Select too, or no more")},
             {Texts::tr("Shift+click"), Texts::tr("Select too")},
             {Texts::tr("Drag on empty space"), Texts::tr("Select what lies in the frame")},
             {Texts::tr("Middle drag, Space+drag"), Texts::tr("Pan")},
             {Texts::tr("Wheel"), Texts::tr("Zoom at the mouse")},
             {Texts::tr("Shift+wheel"), Texts::tr("Scroll sideways")},
             {Texts::tr("Double-click on empty space"), Texts::tr("Add a node there")},
             {Texts::tr("Double-click on a node"), Texts::tr("To its settings")},
         }},
        {Texts::tr("Wires"),
         {
             {Texts::tr("Drag from a port"), Texts::tr("Draw a wire")},
             {Texts::tr("Release on empty space"), Texts::tr("Add a node and wire it")},
             {Texts::tr("Drag a wire's end"), Texts::tr("Plug it elsewhere")},
             {Texts::tr("Ctrl+drag from a port"), Texts::tr("Move all its wires")},
             {Texts::tr("Drop a node on a wire"), Texts::tr("Insert it there")},
             {Texts::tr("Alt+drag on empty space"), Texts::tr("Cut wires")},
             {Texts::tr("Alt+click on a port"), Texts::tr("Remove its wires")},
             {Texts::tr("Alt+drag a node"), Texts::tr("Drag a copy")},
         }},
    };
}

} // namespace headgate::workbench
