#include "app/workbench/options.h"

#include "app/workbench/texts.h"
#include "core/engine/provider_directory.h"

#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace headgate::workbench {

namespace {

QString configPath(const QString &name)
{
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation));
    return folder.filePath(u"headgate/"_s + name);
}

// In the user's own folder.
QString dataPath(const QString &name)
{
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation));
    return folder.filePath(u"headgate/"_s + name);
}

} // namespace

Result<Options> parseOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Texts::tr("A desktop workbench for LLM routing."));
    const QCommandLineOption help({u"h"_s, u"help"_s}, Texts::tr("Show this help."));
    const QCommandLineOption version(u"version"_s, Texts::tr("Show the version."));
    const QCommandLineOption fleet(u"fleet"_s, Texts::tr("simulated (default) or none."),
                                   Texts::tr("fleet"), u"simulated"_s);
    const QCommandLineOption providers(
        u"providers"_s, Texts::tr("Endpoints by name: protocol, base URL, key variable."),
        Texts::tr("file"));
    const QCommandLineOption scheme(u"scheme"_s, Texts::tr("light, dark, high-contrast or system."),
                                    Texts::tr("scheme"));
    const QCommandLineOption ledger(u"ledger"_s, Texts::tr("Where runs are recorded."),
                                    Texts::tr("file"));
    const QCommandLineOption datasets(u"datasets"_s, Texts::tr("Where data sets are kept."),
                                      Texts::tr("file"));
    QCommandLineOption exitAfterPaint(u"exit-after-first-paint"_s);
    exitAfterPaint.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOptions({help, version, fleet, providers, scheme, ledger, datasets, exitAfterPaint});
    parser.addPositionalArgument(u"file"_s, Texts::tr("Policy to open (*.headgate)."), u"[FILE]"_s);
    if (!parser.parse(arguments))
        return fail(ErrorCode::InvalidInput, parser.errorText());

    Options options;
    if (parser.isSet(help))
        options.answer = parser.helpText();
    if (parser.isSet(version))
        options.answer = u"headgate %1\n"_s.arg(QStringLiteral(HEADGATE_VERSION));
    if (!options.answer.isEmpty())
        return options;
    const QStringList files = parser.positionalArguments();
    if (files.size() > 1)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("Name one policy; “%1” is one too many.").arg(files[1]));
    options.file = files.value(0);
    if (parser.value(fleet) != u"simulated" && parser.value(fleet) != u"none")
        return fail(
            ErrorCode::InvalidInput,
            Texts::tr("There is no fleet “%1”; known: simulated, none.").arg(parser.value(fleet)));
    options.simulatedFleet = parser.value(fleet) == u"simulated";
    if (parser.isSet(scheme)) {
        options.scheme = ui::schemeFrom(parser.value(scheme));
        if (!options.scheme)
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("There is no scheme “%1”; known: light, dark, high-contrast, "
                                  "system.")
                            .arg(parser.value(scheme)));
    }
    if (parser.isSet(providers)) {
        const QString path = parser.value(providers);
        if (!QFileInfo::exists(path))
            return fail(ErrorCode::NotFound, Texts::tr("There is no file “%1”.").arg(path));
        auto endpoints = engine::readEndpointFile(path);
        if (!endpoints)
            return tl::unexpected(endpoints.error());
        options.endpoints = std::move(*endpoints);
    }
    options.ledgerPath = parser.isSet(ledger) ? parser.value(ledger) : dataPath(u"ledger.sqlite"_s);
    options.datasetsPath =
        parser.isSet(datasets) ? parser.value(datasets) : dataPath(u"datasets.sqlite"_s);
    options.artifactsPath = dataPath(u"artifacts"_s);
    options.recoveryPath = dataPath(u"recovery"_s);
    options.providersPath = configPath(u"providers.json"_s);
    options.pricesPath = configPath(u"prices.json"_s);
    options.exitAfterFirstPaint = parser.isSet(exitAfterPaint);
    return options;
}

} // namespace headgate::workbench
