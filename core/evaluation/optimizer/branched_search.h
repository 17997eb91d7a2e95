#pragma once

#include "core/evaluation/optimizer/cascade_choice.h"

namespace headgate::evaluation {

// The rows of some columns, divided by what a router decides of their prompts. All branches hold
// the same models.
struct BranchedColumns
{
    QStringList ports;                    // of the router, in its order
    std::vector<CascadeColumns> branches; // by port; some may have no rows
    qsizetype undecided = 0;              // rows on which the router fails: they are in no branch

    qsizetype count() const; // of all rows, the undecided ones included
};

// `portOf` is by row of the table; -1: the router fails there.
[[nodiscard]] BranchedColumns divideColumns(const CascadeColumns &columns, const QStringList &ports,
                                            std::span<const qint32> portOf);

// A cascade for each branch of a router.
struct BranchedCascade
{
    std::vector<Cascade> branches;

    bool operator==(const BranchedCascade &) const = default;
};

// Undecided rows have no answer: they cost nothing and are worth nothing, whatever is chosen.
struct BranchedSums
{
    qint64 quality = 0; // in units of 1 / kQualityUnits
    qint64 cost = 0;    // nano-dollars, checks included

    bool operator==(const BranchedSums &) const = default;
};

struct BranchedPoint
{
    BranchedCascade cascade;
    BranchedSums sums;
};

[[nodiscard]] BranchedSums evaluateBranches(const BranchedColumns &columns,
                                            const BranchedCascade &cascade);

// Combines the fronts of branches, each by rising cost and none of them empty, into the points that
// are best for some price of quality: by the same price (a common multiplier) in all branches, each
// branch takes its best point, and as the price rises they go from the cheapest to the best. So
// every corner of the convex hull of all combinations is found, exactly, and all that is found lies
// on that hull. Combinations below the hull are not looked for: between two neighbours here there
// may be some that nothing beats, at most as good as the line between the two.
[[nodiscard]] std::vector<BranchedPoint>
combineFronts(const std::vector<std::vector<CascadePoint>> &fronts);

// What lies between those: on the way from one corner to the next, the points that the one branch
// which moves passes on its own front. Not all that there is, but with one branch it is.
[[nodiscard]] std::vector<BranchedPoint>
pointsBetween(const std::vector<std::vector<CascadePoint>> &fronts);

struct BranchedCandidate
{
    BranchedCascade cascade;
    BranchedSums train;
    BranchedSums validation;
};

struct BranchedChoice
{
    std::vector<BranchedCandidate> front;   // by rising cost on the rows of the search
    std::vector<BranchedCandidate> singles; // every model alone behind every port
    size_t bestSingle = 0;
    std::optional<BranchedCandidate> chosen; // none: nothing grants the wish
    qint64 searched = 0;
};

// As chooseCascade(), with a cascade for each branch: chosen among the front, what lies between its
// points, and the single models. A branch without rows on `train` gets the
// model that is best there over all. The smallest share of a stage is of its branch, and a limit of
// latency is kept in every branch, by which it is kept over all.
[[nodiscard]] Result<BranchedChoice> chooseBranches(const BranchedColumns &train,
                                                    const BranchedColumns &validation,
                                                    const Wish &wish, const SearchOptions &options,
                                                    const SearchProgress &progress = {},
                                                    std::stop_token stop = {});

} // namespace headgate::evaluation
