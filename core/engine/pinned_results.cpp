#include "core/engine/pinned_results.h"

namespace headgate::engine {

using namespace Qt::StringLiterals;

namespace {

// The entry number `asked` of those that fit, else the last of them; nullptr where none fits.
template<typename Entry, typename Fits>
const Entry *nth(const QList<Entry> &entries, qsizetype asked, Fits fits)
{
    const Entry *found = nullptr;
    for (const Entry &entry : entries) {
        if (!fits(entry))
            continue;
        found = &entry;
        if (asked-- == 0)
            break;
    }
    return found;
}

} // namespace

std::optional<policy::ModelResult> PinnedResults::call(const policy::Model &model)
{
    const QString key = u"call\n%1\n%2"_s.arg(model.provider, model.model);
    const auto *found =
        nth(m_pin.calls, m_asked[key]++, [&model](const policy::PinnedCall &recorded) {
            return recorded.provider == model.provider && recorded.modelId == model.model;
        });
    if (!found)
        return std::nullopt;
    policy::ModelResult result;
    result.ok = found->ok;
    result.cost = found->cost;
    result.duration = found->duration;
    return result;
}

std::optional<policy::ScoreResult> PinnedResults::score(const QString &model, const Json &scorers)
{
    const QString key = u"score\n%1\n%2"_s.arg(model, toQString(scorers.dump()));
    const auto *found = nth(m_pin.scores, m_asked[key]++, [&](const policy::PinnedScore &recorded) {
        return recorded.model == model && recorded.scorers == scorers;
    });
    if (!found)
        return std::nullopt;
    return policy::ScoreResult{found->score, found->cost, found->duration};
}

} // namespace headgate::engine
