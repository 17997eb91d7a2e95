#pragma once

#include "core/evaluation/training/part_report.h"
#include "core/learning/artifact.h"

namespace headgate::evaluation {

// What an artifact says of where it came from, in its header's "data":
//   "name", "split" (in words), "prompts": {"train", "validation", "test"}, "trained_rows",
//   "target": {"kind", "models", "labels_from"?, "right_from"?, "none_right"?},
//   "counts" (as TargetCounts), "sha256" of the prompts and targets that were trained on
// and its figures in "validation" and "test". No date and no time: the same inputs give the same
// bytes.
struct DataRecord
{
    QString name;
    qsizetype trainPrompts = 0;
    qsizetype validationPrompts = 0;
    qsizetype testPrompts = 0;
};

void recordData(learning::Artifact &artifact, const DataRecord &data, const OutcomeTable &table,
                const TrainingTarget &target, const TrainingRows &trained);
// {"headline", "value", "n", "ci95", "null", "null_reaches"}; into "validation" or "test".
void recordFigures(learning::Artifact &artifact, const PartReport &report);

// "apgr", "quality", "accuracy" or "auc", as in files.
QString headlineName(Headline headline);

} // namespace headgate::evaluation
