#pragma once

#include <QStringList>

namespace headgate::cli {

// What the process ends with.
enum ExitCode : int {
    Done = 0,
    InputProblem = 1,
    WrongUsage = 2,
    ProviderFailure = 3, // at least one query got no answer
    Interrupted = 130,   // by SIGINT, as shells count it
};

// One function a command, each in the file of its name. `arguments` begin with the program's name
// and the command's. Data goes to stdout, everything else to stderr.
int validateCommand(const QStringList &arguments);
int runCommand(const QStringList &arguments);
int demoCommand(const QStringList &arguments);
int ledgerCommand(const QStringList &arguments);
int recordCommand(const QStringList &arguments);
int evaluateCommand(const QStringList &arguments);
int metricsCommand(const QStringList &arguments);
int optimiseCommand(const QStringList &arguments); // also "optimize"
int trainCommand(const QStringList &arguments);
int routeCommand(const QStringList &arguments);
int correctCommand(const QStringList &arguments); // of the ledger: "ledger correct"

} // namespace headgate::cli
