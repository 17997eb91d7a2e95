#pragma once

#include "ui/settings/keys_sheet.h"

namespace headgate::workbench {

// What mouse and touchpad do in the drawing, for the sheet of keys.
QList<ui::KeyGroup> drawingHelp();

} // namespace headgate::workbench
