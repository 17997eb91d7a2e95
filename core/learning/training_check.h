#pragma once

#include "core/common/result.h"
#include "core/learning/training_set.h"

namespace headgate::learning {

// Fewer rows teach nothing that would hold on a row that was not among them.
inline constexpr qsizetype kFewestRows = 10;

// Whether the set can teach anything: enough rows with a target, targets in [0, 1] (or NaN, which
// is none), more than one label, models that differ somewhere and have an outcome each,
// answers that differ. Else InvalidInput with a sentence. Columns of the right length are the
// caller's to see to.
[[nodiscard]] Result<> checkTrainingSet(const TrainingSet &set);

// Whether all rows have that target, as far as it was measured: nothing tells them apart.
bool isConstant(const TrainingSet &set, qsizetype output);

} // namespace headgate::learning
