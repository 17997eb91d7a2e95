#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/texts.h"
#include "core/common/process_guard.h"

#include <QCoreApplication>

namespace {

using namespace Qt::StringLiterals;
using namespace headgate::cli;

using Command = int (*)(const QStringList &);

QString helpText()
{
    return Texts::tr("Usage: headgatectl COMMAND [options]\n"
                     "\n"
                     "Runs and checks LLM routing policies without a window.\n"
                     "\n"
                     "Commands:\n"
                     "  validate FILE   checks a policy and lists every problem\n"
                     "  run FILE        sends prompts through a policy\n"
                     "  record FILE     asks the policy's models every prompt of a data set\n"
                     "  evaluate FILE   replays a policy on measured outcomes\n"
                     "  optimise        searches the best cascade in measured outcomes\n"
                     "  metrics         measures a router between two models on measured outcomes\n"
                     "  train           trains a router or a scorer on measured outcomes\n"
                     "  route ARTIFACT  tells where a trained router sends a prompt, and why\n"
                     "  demo            runs the bundled cascade on the simulated fleet\n"
                     "  ledger summary  sums up what was recorded\n"
                     "  ledger correct  books calls of the past at a corrected price\n"
                     "\n"
                     "  --help, --version; COMMAND --help tells a command's options.\n"
                     "\n"
                     "Exit codes: 0 done, 1 a problem with the input, 2 wrong usage, 3 a query got "
                     "no answer from any provider.");
}

} // namespace

int main(int argc, char *argv[])
{
    headgate::guardProcess();
    // Help names the program as people call it, wherever it is installed.
    static char name[] = "headgatectl";
    if (argc > 0)
        argv[0] = name;
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"headgate"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(HEADGATE_VERSION));

    const QMap<QString, Command> commands{
        {u"validate"_s, validateCommand}, {u"run"_s, runCommand},
        {u"record"_s, recordCommand},
        {u"evaluate"_s, evaluateCommand}, {u"metrics"_s, metricsCommand},
        {u"optimise"_s, optimiseCommand}, {u"optimize"_s, optimiseCommand},
        {u"train"_s, trainCommand},       {u"route"_s, routeCommand},
        {u"demo"_s, demoCommand},         {u"ledger"_s, ledgerCommand}};
    const QString first = app.arguments().value(1);
    if (first == "--help"_L1 || first == "-h"_L1 || first == "help"_L1) {
        print(helpText());
        return ExitCode::Done;
    }
    if (first == "--version"_L1 || first == "-v"_L1) {
        print(u"headgatectl "_s + QCoreApplication::applicationVersion());
        return ExitCode::Done;
    }
    if (const Command command = commands.value(first))
        return command(app.arguments());
    if (first.isEmpty())
        return wrongUsage(Texts::tr("A command is missing."));
    return wrongUsage(Texts::tr("There is no command “%1”.").arg(first));
}
