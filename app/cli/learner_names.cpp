#include "app/cli/learner_names.h"

namespace headgate::cli {

using namespace Qt::StringLiterals;
using learning::TargetKind;

const QList<LearnerName> &learnerNames()
{
    static const QList<LearnerName> names{
        {u"classifier"_s, u"linear"_s, TargetKind::Labels, true},
        {u"knn"_s, u"knn"_s, TargetKind::Qualities, true},
        {u"mf"_s, u"mf"_s, TargetKind::Qualities, false},
        {u"sw"_s, u"sw"_s, TargetKind::Qualities, false},
        {u"predictor"_s, u"linear"_s, TargetKind::Qualities, false},
        {u"scorer"_s, u"scorer"_s, TargetKind::Rightness, false},
    };
    return names;
}

} // namespace headgate::cli
