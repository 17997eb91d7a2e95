#pragma once

#include "core/common/json.h"
#include "core/evaluation/metrics/router_evaluation.h"
#include "core/evaluation/metrics/threshold_calibration.h"

namespace headgate::cli {

// What "metrics" was asked and what it found.
struct MetricsReport
{
    QString outcomes; // the file's name
    QString split;
    QString router; // random, oracle, the file of its scores or the artifact
    quint64 seed = 0;
    QString strong;
    QString weak;
    QString baseline;
    qsizetype prompts = 0;    // of the split
    qsizetype unknownIds = 0; // scores of prompts that the outcomes do not have
    // Of a trained router: the share of the prompts that are unlike those it was trained on.
    std::optional<double> unfamiliarShare;
    std::optional<evaluation::CalibratedThreshold> calibrated; // where a share was asked for
    QList<evaluation::ModelFigures> models;
    evaluation::PairedOutcomes paired;
    evaluation::RouterEvaluation figures;
};

// Without the count of rows that it leaves out.
Json costQualityJson(const evaluation::CostQuality &read);
QString costQualityText(const evaluation::CostQuality &read); // a line that begins with "AIQ"
Json calibratedJson(const evaluation::CalibratedThreshold &calibrated);
QString calibratedText(const evaluation::CalibratedThreshold &calibrated, const QString &strong);

Json metricsJson(const MetricsReport &report);
QString metricsText(const MetricsReport &report);

} // namespace headgate::cli
