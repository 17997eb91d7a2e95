#pragma once

#include "core/evaluation/datasets/dataset.h"
#include "core/policy/policy_document.h"

namespace headgate::evaluation {

// Prompts x models that are to be asked.
struct RecordingPlan
{
    DatasetId dataset{};
    QList<policy::Model> models{};        // each once a prompt
    std::optional<policy::Model> judge{}; // whom the data set's grader asks; none: it asks nobody
    // Only the first prompts that have something left to be asked; none: all.
    std::optional<qint64> mostPrompts{};
    std::optional<Money> cap{}; // of everything that the recording spends; none: no bound
    int concurrency = 8;        // calls at a time, at least 1
    bool confidence = true;     // ask for log-probabilities where they are offered

    bool operator==(const RecordingPlan &) const = default;
};

// The models of these names, all of the document's where none is given, and the judge of the data
// set's grader. NotFound names the model that the document does not have, InvalidInput a grader
// that cannot be made or a document without models.
[[nodiscard]] Result<RecordingPlan> planRecording(const policy::PolicyDocument &document,
                                                  const QStringList &names,
                                                  const DatasetSummary &dataset);

} // namespace headgate::evaluation
