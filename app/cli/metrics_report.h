#pragma once

#include "core/common/json.h"
#include "core/evaluation/metrics/router_evaluation.h"

namespace headgate::cli {

// What "metrics" was asked and what it found.
struct MetricsReport
{
    QString outcomes; // the file's name
    QString split;
    QString router; // random, oracle or the file of its scores
    quint64 seed = 0;
    QString strong;
    QString weak;
    QString baseline;
    qsizetype prompts = 0;    // of the split
    qsizetype unknownIds = 0; // scores of prompts that the outcomes do not have
    QList<evaluation::ModelFigures> models;
    evaluation::PairedOutcomes paired;
    evaluation::RouterEvaluation figures;
};

Json metricsJson(const MetricsReport &report);
QString metricsText(const MetricsReport &report);

} // namespace headgate::cli
