#include "app/workbench/provider_lines.h"

#include "app/workbench/texts.h"

namespace headgate::workbench {

QList<ui::HomePage::ProviderLine> providerLines(const Options &options,
                                                const QList<providers::Endpoint> &configured,
                                                const providers::KeySource &keys)
{
    QList<ui::HomePage::ProviderLine> lines;
    if (options.simulatedFleet)
        lines.append({Texts::tr("Simulated fleet"),
                      Texts::tr("ready; invented models, marked SIMULATED"), true});
    for (const providers::Endpoint &endpoint : options.endpoints + configured) {
        const auto key = keys.keyOf(endpoint);
        lines.append(
            {endpoint.name,
             key ? Texts::tr("ready, at %1").arg(endpoint.baseUrl.host()) : key.error().message,
             key.has_value()});
    }
    if (lines.isEmpty())
        lines.append({Texts::tr("Nobody"),
                      Texts::tr("set up a provider, or start with --fleet simulated"), false});
    return lines;
}

} // namespace headgate::workbench
