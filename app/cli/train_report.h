#pragma once

#include "core/common/json.h"
#include "core/evaluation/training/training_job.h"

namespace headgate::cli {

// What "train" was asked and what it found.
struct TrainReport
{
    QString outcomes; // the file's name
    QString strong;   // empty: no pair
    QString weak;
    quint64 seed = 1;
    std::optional<double> strongShare;
    evaluation::TrainingReport training;
    QString written; // the file of the chosen artifact; empty: none was asked for
};

Json trainJson(const TrainReport &report);
QString trainText(const TrainReport &report);

} // namespace headgate::cli
