#pragma once

#include "app/cli/console.h"
#include "core/evaluation/outcome_reader.h"

#include <QCommandLineParser>

namespace headgate::cli {

// What every command that reads outcomes may be told about them.
void addOutcomeOptions(QCommandLineParser &parser);

// What --cost-per-call says, by model; an exit code where it is wrong.
std::optional<int> readCallCosts(const QCommandLineParser &parser,
                                 QHash<QString, Money> &costPerCall);

// --seed; none: it is no number, and that was said.
std::optional<quint64> seedOf(const QCommandLineParser &parser);

// The number of an option within bounds; none: it was said that it is none.
std::optional<double> decimalOf(const QCommandLineParser &parser, const QString &option,
                                double least, double most);

// Reads a file, shows how far it is, and puts in what calls cost where the file does not say.
// `costPerCall` may name models that this file has not; the caller checks that.
Result<evaluation::OutcomeTable> loadOutcomes(const QString &path, evaluation::KeptTexts keep,
                                              const QHash<QString, Money> &costPerCall,
                                              Progress &progress, std::stop_token stop);

// Names the first of these models that the outcomes do not hold.
Result<> checkModelsIn(const evaluation::OutcomeTable &table, const QStringList &models);

} // namespace headgate::cli
