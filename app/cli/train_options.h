#pragma once

#include "app/cli/learner_names.h"
#include "core/evaluation/training/training_job.h"

#include <QCommandLineParser>
#include <QHash>

namespace headgate::cli {

struct TrainOptions
{
    QString outcomes;
    QList<LearnerName> kinds; // at least one
    QString strong;           // empty: no pair
    QString weak;
    std::optional<evaluation::LabelSource> labelSource; // none: not said
    evaluation::DifficultyRule difficulty;
    Json learnerOptions = Json::object();
    QHash<QString, Money> costPerCall;
    qsizetype limit = 0;
    int nulls = 5;
    bool curve = false;
    std::optional<double> strongShare;
    quint64 seed = 1;
    QString out;
    bool json = false;
};

void addTrainOptions(QCommandLineParser &parser);
// An exit code where they are wrong, which was said.
std::optional<int> readTrainOptions(const QCommandLineParser &parser, TrainOptions &options);

// What is to be trained from this table.
Result<evaluation::TrainingJob> trainingJob(const TrainOptions &options,
                                            const evaluation::OutcomeTable &table);

} // namespace headgate::cli
