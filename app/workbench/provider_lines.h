#pragma once

#include "app/workbench/options.h"
#include "ui/home/home_page.h"

namespace headgate::workbench {

// Who can answer queries with these options, as Home says it. A key is looked for, never shown.
QList<ui::HomePage::ProviderLine> providerLines(const Options &options);

} // namespace headgate::workbench
