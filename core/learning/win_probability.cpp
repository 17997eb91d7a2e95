#include "core/learning/win_probability.h"

#include "core/learning/texts.h"

namespace headgate::learning {

Result<> checkPairs(const TrainingSet &set)
{
    if (set.outputs.size() > 1)
        return {};
    return fail(ErrorCode::InvalidInput,
                Texts::tr("There is only the model “%1”; it takes two to learn which is better.")
                    .arg(set.outputs.value(0)));
}

} // namespace headgate::learning
