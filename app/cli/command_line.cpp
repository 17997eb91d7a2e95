#include "app/cli/command_line.h"

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/texts.h"

#include <QStandardPaths>

namespace headgate::cli {

using namespace Qt::StringLiterals;

std::optional<int> parse(QCommandLineParser &parser, const QStringList &arguments)
{
    const QCommandLineOption help({u"h"_s, u"help"_s}, Texts::tr("Shows this help."));
    parser.addOption(help);
    if (!parser.parse(arguments))
        return wrongUsage(parser.errorText() + u'.');
    if (!parser.isSet(help))
        return std::nullopt;
    print(parser.helpText().trimmed());
    return ExitCode::Done;
}

int wrongUsage(const QString &sentence)
{
    tell(Texts::tr("%1 See headgatectl --help.").arg(sentence));
    return ExitCode::WrongUsage;
}

std::optional<int> numberOf(const QCommandLineParser &parser, const QString &option, int least,
                            int most)
{
    bool isNumber = false;
    const int number = parser.value(option).toInt(&isNumber);
    if (isNumber && number >= least && number <= most)
        return number;
    wrongUsage(
        Texts::tr("--%1 must be a whole number from %2 to %3.").arg(option).arg(least).arg(most));
    return std::nullopt;
}

QCommandLineOption ledgerOption()
{
    return {u"ledger"_s, Texts::tr("The ledger's file, instead of the workbench's own."),
            u"FILE"_s};
}

QCommandLineOption jsonOption()
{
    return {u"json"_s, Texts::tr("Prints JSON instead of text.")};
}

QCommandLineOption datasetsOption()
{
    return {u"datasets"_s,
            Texts::tr("The file of the data sets, instead of the workbench's own."), u"FILE"_s};
}

namespace {

QString pathOf(const QCommandLineParser &parser, const QString &option, const QString &own)
{
    if (parser.isSet(option))
        return parser.value(option);
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/headgate/"_s +
           own;
}

} // namespace

QString ledgerPath(const QCommandLineParser &parser)
{
    return pathOf(parser, u"ledger"_s, u"ledger.sqlite"_s);
}

QString datasetsPath(const QCommandLineParser &parser)
{
    return pathOf(parser, u"datasets"_s, u"datasets.sqlite"_s);
}

} // namespace headgate::cli
