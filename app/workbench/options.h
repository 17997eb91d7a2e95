#pragma once

#include "core/common/result.h"
#include "core/providers/endpoint.h"
#include "ui/common/theme.h"

#include <QList>
#include <QStringList>

namespace headgate::workbench {

// What the command line asks for.
struct Options
{
    QString file; // empty: the worked example
    bool simulatedFleet = true;
    QList<providers::Endpoint> endpoints;
    std::optional<ui::Scheme> scheme; // none: as it was chosen last
    QString ledgerPath;               // the user's own where none is named
    QString datasetsPath;             // likewise; empty: there are no data sets
    QString artifactsPath;            // folder of trained files of policies that are not saved yet
    QString recoveryPath;             // folder of recovery files; empty: none are kept
    QString providersPath;            // file of the providers that the user has set up
    QString pricesPath;               // file of the user's own prices
    bool exitAfterFirstPaint = false; // for the start-up benchmark
    QString answer;                   // --version, --help: to be printed instead of starting
};

// `arguments` begins with the program's name. Errors say what to write instead.
Result<Options> parseOptions(const QStringList &arguments);

} // namespace headgate::workbench
