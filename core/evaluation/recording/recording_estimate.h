#pragma once

#include "core/catalog/model_catalog.h"
#include "core/evaluation/recording/recording_work.h"

#include <functional>
#include <stop_token>

namespace headgate::evaluation {

// What one model of a plan is to be asked, before anything is.
struct ModelEstimate
{
    QString model{}; // name in the policy
    qint64 calls = 0;
    qint64 inputTokens = 0; // estimated (text/token_estimate.h)
    // US dollars of all its calls; none: its price is not known. `least` is the prompts' alone,
    // `most` the worst case of every call, `likely` takes answers to be as long as those that the
    // data set has of this model; none where it has none.
    std::optional<Money> least{};
    std::optional<Money> likely{};
    std::optional<Money> most{};
};

struct RecordingEstimate
{
    QList<ModelEstimate> models{}; // in the order of the plan
    qint64 calls = 0;
    qint64 reused = 0;   // answers that are there already, and are only graded or taken over
    qint64 verdicts = 0; // calls of the judge, at most; their cost is bounded by the cap alone
    // Sums. Models without a price are not in them; `likely` is none where one of the others has
    // none.
    Money least{};
    std::optional<Money> likely{};
    Money most{};
    QStringList unpriced{};
    // Wall-clock time at the plan's concurrency, from the models' usual times; none where a model
    // has none.
    std::optional<std::chrono::milliseconds> duration{};
};

// The usual time of a call of a model; none: not measured yet.
using UsualTime = std::function<std::optional<std::chrono::milliseconds>(const policy::Model &)>;

// Reads all that is left of the plan. Blocks, on the thread of the store. Cancelled.
[[nodiscard]] Result<RecordingEstimate> estimateRecording(DatasetStore &store,
                                                          const RecordingPlan &plan,
                                                          const catalog::ModelCatalog &catalog,
                                                          QDate today, const UsualTime &usualTime,
                                                          std::stop_token stop = {});

} // namespace headgate::evaluation
