#pragma once

#include "app/workbench/options.h"
#include "core/providers/key_source.h"
#include "ui/home/home_page.h"

namespace headgate::workbench {

// Who can answer queries, as Home says it: the providers of these options and those that the user
// has set up. A key is looked for, never shown.
QList<ui::HomePage::ProviderLine> providerLines(const Options &options,
                                                const QList<providers::Endpoint> &configured,
                                                const providers::KeySource &keys);

} // namespace headgate::workbench
