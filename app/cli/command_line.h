#pragma once

#include <QCommandLineParser>

#include <optional>

namespace headgate::cli {

// Parses the command's arguments, "--help" among them. Returns the exit code where there is nothing
// left to do: help was printed, or the usage is wrong and was said so.
std::optional<int> parse(QCommandLineParser &parser, const QStringList &arguments);

// Says what is wrong with the usage and how to get help; gives the exit code.
int wrongUsage(const QString &sentence);

// The whole number of an option; none: it was said that it is none within the bounds.
std::optional<int> numberOf(const QCommandLineParser &parser, const QString &option, int least,
                            int most);

// --ledger, or the place that the workbench uses, too.
QString ledgerPath(const QCommandLineParser &parser);
QCommandLineOption ledgerOption();
// --datasets, or the place that the workbench uses, too.
QString datasetsPath(const QCommandLineParser &parser);
QCommandLineOption datasetsOption();
QCommandLineOption jsonOption();

} // namespace headgate::cli
