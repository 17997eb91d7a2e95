#include "core/evaluation/optimizer/cascade_choice.h"

#include "core/evaluation/optimizer/pareto_front.h"

#include <algorithm>

namespace headgate::evaluation {

namespace {

bool isBetter(const CascadeSums &a, const CascadeSums &b)
{
    return a.quality != b.quality ? a.quality > b.quality : a.cost < b.cost;
}

bool isCheaper(const CascadeSums &a, const CascadeSums &b)
{
    return a.cost != b.cost ? a.cost < b.cost : a.quality > b.quality;
}

} // namespace

std::optional<Candidate> grantWish(const CascadeChoice &found, const CascadeColumns &train,
                                   const CascadeColumns &validation, const Wish &wish,
                                   const std::optional<std::chrono::nanoseconds> &latencyP95)
{
    std::optional<Candidate> chosen;
    const CascadeSums &single = found.singles[found.bestSingle].validation;
    const auto grants = [&](const CascadeSums &sums) {
        return (!wish.budgetPer1k || costPer1k(sums, validation.count()) <= *wish.budgetPer1k) &&
               (!wish.matchBestSingle || sums.quality >= single.quality);
    };
    const auto isPreferred = wish.matchBestSingle ? isCheaper : isBetter;
    const auto consider = [&](const Candidate &each) {
        if (grants(each.validation) && keepsLatency(validation, each.cascade, latencyP95) &&
            (!chosen || isPreferred(each.validation, chosen->validation)))
            chosen = each;
    };
    std::for_each(found.front.begin(), found.front.end(), consider);
    // A single model that something beats on the rows of the search may be the best on these.
    for (const Candidate &each : found.singles) {
        if (keepsLatency(train, each.cascade, latencyP95))
            consider(each);
    }
    return chosen;
}

Result<CascadeChoice> chooseCascade(const CascadeColumns &train, const CascadeColumns &validation,
                                    const Wish &wish, const SearchOptions &options,
                                    const SearchProgress &progress, std::stop_token stop)
{
    Q_ASSERT(train.models.size() == validation.models.size());
    if (const auto measured = checkLatencies(validation, options); !measured)
        return tl::unexpected(measured.error());
    const auto found = searchCascades(train, options, progress, std::move(stop));
    if (!found)
        return tl::unexpected(found.error());
    CascadeChoice choice;
    choice.searched = found->searched;
    const auto read = [&](const Cascade &cascade) {
        return Candidate{cascade, evaluateCascade(train, cascade),
                         evaluateCascade(validation, cascade)};
    };
    for (const CascadePoint &point : found->points)
        choice.front.push_back(read(point.cascade));
    for (size_t model = 0; model < train.models.size(); ++model) {
        choice.singles.push_back(read({.stages = 1, .model = {qint32(model), -1, -1}}));
        if (isBetter(choice.singles.back().validation,
                     choice.singles[choice.bestSingle].validation))
            choice.bestSingle = model;
    }
    choice.chosen = grantWish(choice, train, validation, wish, options.latencyP95);
    return choice;
}

} // namespace headgate::evaluation
