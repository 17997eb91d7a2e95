#include "core/evaluation/optimizer/branched_search.h"

#include <algorithm>

namespace headgate::evaluation {

namespace {

BranchedSums operator+(const BranchedSums &a, const BranchedSums &b)
{
    return {a.quality + b.quality, a.cost + b.cost};
}

BranchedSums sumsOf(const CascadeSums &sums)
{
    return {sums.quality, sums.cost};
}

// One step along the hull of a branch: what is gained for what it costs.
struct HullEdge
{
    size_t branch = 0;
    size_t to = 0; // point of the branch's front
    qint64 quality = 0;
    qint64 cost = 0;
};

__extension__ typedef __int128 Wide; // products of two sums pass 64 bits

// Whether a gains more for its money than b, exactly.
bool isSteeper(const HullEdge &a, const HullEdge &b)
{
    return Wide(a.quality) * b.cost > Wide(b.quality) * a.cost;
}

// The upper hull of a front by rising cost and quality: edges of falling slope.
std::vector<HullEdge> hullOf(const std::vector<CascadePoint> &front, size_t branch)
{
    std::vector<HullEdge> edges;
    size_t from = 0;
    for (size_t to = 1; to < front.size(); ++to) {
        HullEdge edge{branch, to, front[to].sums.quality - front[from].sums.quality,
                      front[to].sums.cost - front[from].sums.cost};
        // What lies under the line to the new point is no corner.
        while (!edges.empty() && !isSteeper(edges.back(), edge)) {
            edge.quality += edges.back().quality;
            edge.cost += edges.back().cost;
            edges.pop_back();
        }
        edges.push_back(edge);
        from = to;
    }
    return edges;
}

// Goes along the hull of all combinations, from the cheapest to the best, one branch at a step;
// shows every corner, and before it what the branch passes on its own front.
template<typename Show>
void walkHull(const std::vector<std::vector<CascadePoint>> &fronts, Show show)
{
    BranchedPoint at;
    std::vector<HullEdge> edges;
    std::vector<size_t> place(fronts.size(), 0);
    for (size_t branch = 0; branch < fronts.size(); ++branch) {
        at.cascade.branches.push_back(fronts[branch].front().cascade);
        at.sums = at.sums + sumsOf(fronts[branch].front().sums);
        const std::vector<HullEdge> hull = hullOf(fronts[branch], branch);
        edges.insert(edges.end(), hull.begin(), hull.end());
    }
    // Of one branch they are in that order already, and stay so.
    std::stable_sort(edges.begin(), edges.end(), isSteeper);
    show(at, true);
    for (const HullEdge &edge : edges) {
        const std::vector<CascadePoint> &front = fronts[edge.branch];
        const BranchedSums others{at.sums.quality - front[place[edge.branch]].sums.quality,
                                  at.sums.cost - front[place[edge.branch]].sums.cost};
        for (size_t next = place[edge.branch] + 1; next <= edge.to; ++next) {
            at.cascade.branches[edge.branch] = front[next].cascade;
            at.sums = others + sumsOf(front[next].sums);
            show(at, next == edge.to);
        }
        place[edge.branch] = edge.to;
    }
}

// The columns of one branch on the rows of several.
CascadeColumn takenRows(const CascadeColumn &all, const std::vector<size_t> &places)
{
    const auto pick = [&places](const auto &from) {
        std::remove_cvref_t<decltype(from)> to;
        if (from.empty())
            return to;
        to.reserve(places.size());
        for (const size_t place : places)
            to.push_back(from[place]);
        return to;
    };
    return {.name = all.name,
            .place = all.place,
            .quality = pick(all.quality),
            .cost = pick(all.cost),
            .checkCost = pick(all.checkCost),
            .latency = pick(all.latency),
            .score = pick(all.score)};
}

BranchedCascade everywhere(const Cascade &cascade, size_t branches)
{
    return {std::vector<Cascade>(branches, cascade)};
}

bool isBetterBranched(const BranchedSums &a, const BranchedSums &b)
{
    return a.quality != b.quality ? a.quality > b.quality : a.cost < b.cost;
}

bool isCheaperBranched(const BranchedSums &a, const BranchedSums &b)
{
    return a.cost != b.cost ? a.cost < b.cost : a.quality > b.quality;
}

class BranchChooser
{
public:
    BranchChooser(const BranchedColumns &train, const BranchedColumns &validation, const Wish &wish,
                  const SearchOptions &options)
        : m_train(train)
        , m_validation(validation)
        , m_wish(wish)
        , m_options(options)
    {
    }

    Result<BranchedChoice> run(const SearchProgress &progress, const std::stop_token &stop)
    {
        for (const CascadeColumns &branch : m_validation.branches) {
            const auto measured =
                branch.count() > 0 ? checkLatencies(branch, m_options) : Result<>();
            if (!measured)
                return tl::unexpected(measured.error());
        }
        readSingles();
        std::vector<std::vector<CascadePoint>> fronts;
        for (size_t branch = 0; branch < m_train.branches.size(); ++branch) {
            auto front = search(m_train.branches[branch], branch, progress, stop);
            if (!front)
                return tl::unexpected(front.error());
            fronts.push_back(std::move(*front));
        }
        for (const BranchedPoint &point : combineFronts(fronts))
            m_choice.front.push_back(read(point.cascade));
        for (const BranchedPoint &point : pointsBetween(fronts))
            m_between.push_back(read(point.cascade));
        choose();
        return std::move(m_choice);
    }

private:
    BranchedCandidate read(const BranchedCascade &cascade) const
    {
        return {cascade, evaluateBranches(m_train, cascade),
                evaluateBranches(m_validation, cascade)};
    }

    void readSingles()
    {
        const size_t models = m_train.branches.front().models.size();
        for (size_t model = 0; model < models; ++model) {
            const Cascade single{.stages = 1, .model = {qint32(model), -1, -1}};
            m_choice.singles.push_back(read(everywhere(single, m_train.branches.size())));
            if (isBetterBranched(m_choice.singles.back().validation,
                                 m_choice.singles[m_choice.bestSingle].validation))
                m_choice.bestSingle = model;
            if (isBetterBranched(m_choice.singles.back().train,
                                 m_choice.singles[m_bestOnTrain].train))
                m_bestOnTrain = model;
        }
    }

    Result<std::vector<CascadePoint>> search(const CascadeColumns &columns, size_t branch,
                                             const SearchProgress &progress,
                                             const std::stop_token &stop)
    {
        if (columns.count() == 0)
            return std::vector<CascadePoint>{
                {.cascade = {.stages = 1, .model = {qint32(m_bestOnTrain), -1, -1}}, .sums = {}}};
        const auto report = [&](qsizetype done, qsizetype all) {
            if (progress)
                progress(qsizetype(branch) * all + done, qsizetype(m_train.branches.size()) * all);
        };
        auto found = searchCascades(columns, m_options, report, stop);
        if (!found)
            return tl::unexpected(found.error());
        m_choice.searched += found->searched;
        return std::move(found->points);
    }

    void choose()
    {
        const BranchedSums &single = m_choice.singles[m_choice.bestSingle].validation;
        const auto isPreferred = m_wish.matchBestSingle ? isCheaperBranched : isBetterBranched;
        const auto consider = [&](const BranchedCandidate &each) {
            const bool isGranted =
                (!m_wish.budgetPer1k || costPer1k({.cost = each.validation.cost},
                                                  m_validation.count()) <= *m_wish.budgetPer1k) &&
                (!m_wish.matchBestSingle || each.validation.quality >= single.quality);
            if (isGranted && isInTime(m_validation, each.cascade) &&
                (!m_choice.chosen || isPreferred(each.validation, m_choice.chosen->validation)))
                m_choice.chosen = each;
        };
        std::for_each(m_choice.front.begin(), m_choice.front.end(), consider);
        std::for_each(m_between.begin(), m_between.end(), consider);
        for (const BranchedCandidate &each : m_choice.singles) {
            if (isInTime(m_train, each.cascade))
                consider(each);
        }
    }

    bool isInTime(const BranchedColumns &columns, const BranchedCascade &cascade) const
    {
        for (size_t branch = 0; branch < columns.branches.size(); ++branch) {
            if (columns.branches[branch].count() > 0 &&
                !keepsLatency(columns.branches[branch], cascade.branches[branch],
                              m_options.latencyP95))
                return false;
        }
        return true;
    }

    const BranchedColumns &m_train;
    const BranchedColumns &m_validation;
    const Wish &m_wish;
    const SearchOptions &m_options;
    BranchedChoice m_choice;
    std::vector<BranchedCandidate> m_between; // points of the front
    size_t m_bestOnTrain = 0;
};

} // namespace

qsizetype BranchedColumns::count() const
{
    qsizetype rows = undecided;
    for (const CascadeColumns &branch : branches)
        rows += branch.count();
    return rows;
}

BranchedColumns divideColumns(const CascadeColumns &columns, const QStringList &ports,
                              std::span<const qint32> portOf)
{
    BranchedColumns divided{.ports = ports, .branches = {}};
    for (qsizetype port = 0; port < ports.size(); ++port) {
        std::vector<size_t> places;
        CascadeColumns branch;
        for (size_t place = 0; place < columns.rows.size(); ++place) {
            if (portOf[size_t(columns.rows[place])] != qint32(port))
                continue;
            places.push_back(place);
            branch.rows.push_back(columns.rows[place]);
        }
        for (const CascadeColumn &model : columns.models)
            branch.models.push_back(takenRows(model, places));
        divided.branches.push_back(std::move(branch));
    }
    divided.undecided = columns.count() - divided.count();
    return divided;
}

BranchedSums evaluateBranches(const BranchedColumns &columns, const BranchedCascade &cascade)
{
    BranchedSums sums;
    for (size_t branch = 0; branch < columns.branches.size(); ++branch)
        sums = sums + sumsOf(evaluateCascade(columns.branches[branch], cascade.branches[branch]));
    return sums;
}

std::vector<BranchedPoint> combineFronts(const std::vector<std::vector<CascadePoint>> &fronts)
{
    std::vector<BranchedPoint> points;
    walkHull(fronts, [&points](const BranchedPoint &point, bool isCorner) {
        if (isCorner)
            points.push_back(point);
    });
    return points;
}

std::vector<BranchedPoint> pointsBetween(const std::vector<std::vector<CascadePoint>> &fronts)
{
    std::vector<BranchedPoint> points;
    walkHull(fronts, [&points](const BranchedPoint &point, bool isCorner) {
        if (!isCorner)
            points.push_back(point);
    });
    return points;
}

Result<BranchedChoice> chooseBranches(const BranchedColumns &train,
                                      const BranchedColumns &validation, const Wish &wish,
                                      const SearchOptions &options, const SearchProgress &progress,
                                      std::stop_token stop)
{
    Q_ASSERT(train.branches.size() == validation.branches.size() && !train.branches.empty());
    return BranchChooser(train, validation, wish, options).run(progress, stop);
}

} // namespace headgate::evaluation
