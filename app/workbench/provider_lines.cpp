#include "app/workbench/provider_lines.h"

#include "core/common/secrets.h"

#include <QCoreApplication>

namespace headgate::workbench {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(headgate::workbench)
};

} // namespace

QList<ui::HomePage::ProviderLine> providerLines(const Options &options)
{
    QList<ui::HomePage::ProviderLine> lines;
    if (options.simulatedFleet)
        lines.append({Texts::tr("Simulated fleet"),
                      Texts::tr("ready; invented models, marked SIMULATED"), true});
    for (const providers::Endpoint &endpoint : options.endpoints) {
        const auto key = keyFromEnvironment(endpoint.keyVariable);
        lines.append(
            {endpoint.name,
             key ? Texts::tr("ready, at %1").arg(endpoint.baseUrl.host())
                 : Texts::tr("%1 is not set", "environment variable").arg(endpoint.keyVariable),
             key.has_value()});
    }
    if (lines.isEmpty())
        lines.append({Texts::tr("Nobody"),
                      Texts::tr("start with --fleet simulated or --providers FILE.json"), false});
    return lines;
}

} // namespace headgate::workbench
