#include "core/evaluation/optimizer/cascade_search.h"

#include "core/evaluation/optimizer/pareto_front.h"
#include "core/evaluation/texts.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace headgate::evaluation {

namespace {

constexpr size_t kMostCells = 16'000'000; // of two models' thresholds: 512 MB with all sums

// A model with its rows sorted into the intervals between thresholds: bin k holds the scores from
// threshold k - 1 up to below threshold k, so that a score is below threshold k where its bin is
// at most k. Rows without a score are in bin 0: below every threshold.
struct Binned
{
    std::vector<double> thresholds;
    std::vector<qint32> bin; // by row
};

// What a third stage changes in one cell of two bins. Small, since a triple fills thousands.
struct Change
{
    qint64 quality = 0;
    qint64 cost = 0;

    Change &operator+=(const Change &other)
    {
        quality += other.quality;
        cost += other.cost;
        return *this;
    }
};

// What is added up over the rows of one bin, or of all bins up to one.
struct Sums
{
    qint64 quality = 0;
    qint64 cost = 0;
    qint64 late = 0;
    qint64 rows = 0;

    Sums &operator+=(const Sums &other)
    {
        quality += other.quality;
        cost += other.cost;
        late += other.late;
        rows += other.rows;
        return *this;
    }
};

// As many rows may lie behind the 95th percentile by nearest rank, the ceil(0.95 n)-th smallest.
qint64 mostLate(qsizetype rows)
{
    return rows - qint64(std::ceil(0.95 * double(rows) - 1e-9));
}

Binned binnedBy(const CascadeColumn &model, int grid)
{
    Binned binned;
    binned.thresholds = thresholdsOf(model, grid);
    for (const double score : model.score) {
        const auto above =
            std::upper_bound(binned.thresholds.begin(), binned.thresholds.end(), score);
        binned.bin.push_back(
            score == score ? qint32(std::distance(binned.thresholds.begin(), above)) : 0);
    }
    return binned;
}

class Search
{
public:
    Search(const CascadeColumns &columns, const SearchOptions &options)
        : m_columns(columns)
        , m_options(options)
        , m_count(columns.count())
        , m_leastRows(qint64(std::ceil(options.leastShare * double(m_count) - 1e-9)))
        , m_mostLate(mostLate(m_count))
        , m_front(mostCost(columns))
    {
        for (const CascadeColumn &model : columns.models)
            m_binned.push_back(binnedBy(model, options.grid));
    }

    // The most cells that a pair of models has.
    size_t cells() const
    {
        size_t widest = 0;
        for (const Binned &binned : m_binned)
            widest = std::max(widest, binned.thresholds.size() + 1);
        return widest * widest;
    }

    Result<CascadeFront> run(const SearchProgress &progress, std::stop_token stop)
    {
        if (m_options.maxStages > 2 && cells() > kMostCells)
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("There are too many different scores to try every pair of them. "
                                  "Try a grid of thresholds, or cascades of two stages."));
        const qint32 models = qint32(m_columns.models.size());
        const qsizetype pairs = qsizetype(models) * (models - 1);
        qsizetype done = 0;
        for (qint32 a = 0; a < models; ++a) {
            single(a);
            for (qint32 b = 0; b < models && m_options.maxStages > 1; ++b) {
                if (a == b)
                    continue;
                if (stop.stop_requested())
                    return fail(ErrorCode::Cancelled, Texts::tr("The search was stopped."));
                if (!m_binned[size_t(a)].thresholds.empty())
                    pair(a, b);
                if (progress)
                    progress(++done, pairs);
            }
        }
        CascadeFront front{m_front.take(), m_searched};
        if (front.points.empty())
            return fail(ErrorCode::NotFound,
                        Texts::tr("No cascade meets the limits that were set."));
        return front;
    }

private:
    // Dearer than any cascade: all models on all rows.
    static qint64 mostCost(const CascadeColumns &columns)
    {
        qint64 most = 0;
        for (const CascadeColumn &model : columns.models) {
            most = std::accumulate(model.cost.begin(), model.cost.end(), most);
            most = std::accumulate(model.checkCost.begin(), model.checkCost.end(), most);
        }
        return most;
    }

    bool isLate(qint64 latency) const
    {
        return m_options.latencyP95 && latency > m_options.latencyP95->count();
    }
    qint64 latencyAt(qint32 model, size_t row) const
    {
        return m_options.latencyP95 ? m_columns.models[size_t(model)].latency[row] : 0;
    }

    void single(qint32 a)
    {
        const CascadeColumn &model = m_columns.models[size_t(a)];
        Sums all;
        for (size_t row = 0; row < size_t(m_count); ++row)
            all += {model.quality[row], model.cost[row], isLate(latencyAt(a, row)), 1};
        ++m_searched;
        offer({.stages = 1, .model = {a, -1, -1}},
              {all.quality, all.cost, all.late, {m_count, 0, 0}});
    }

    // A then B at every threshold of A, and all cascades that begin so.
    void pair(qint32 a, qint32 b)
    {
        const Binned &first = m_binned[size_t(a)];
        const CascadeColumn &from = m_columns.models[size_t(a)];
        const CascadeColumn &to = m_columns.models[size_t(b)];
        Sums base; // A answers everything, and is checked
        std::vector<Sums> escalated(first.thresholds.size() + 1);
        for (size_t row = 0; row < size_t(m_count); ++row) {
            const qint64 early = latencyAt(a, row);
            const bool wasLate = isLate(early);
            base += {from.quality[row], from.cost[row] + from.checkCost[row], wasLate, 1};
            escalated[size_t(first.bin[row])] += {to.quality[row] - from.quality[row], to.cost[row],
                                                  isLate(early + latencyAt(b, row)) - wasLate, 1};
        }
        Sums below;
        std::vector<Sums> atThreshold; // the cascade of two stages, by threshold of A
        for (size_t s = 0; s < first.thresholds.size(); ++s) {
            below += escalated[s];
            Sums sums = base;
            sums += below;
            atThreshold.push_back(sums);
            atThreshold.back().rows = below.rows;
            ++m_searched;
            offer({.stages = 2, .model = {a, b, -1}, .threshold = {first.thresholds[s], 0}},
                  {sums.quality, sums.cost, sums.late, {m_count - below.rows, below.rows, 0}});
        }
        if (m_options.maxStages > 2 && !m_binned[size_t(b)].thresholds.empty())
            triples(a, b, atThreshold);
    }

    void triples(qint32 a, qint32 b, const std::vector<Sums> &twoStages)
    {
        const Binned &first = m_binned[size_t(a)];
        const Binned &second = m_binned[size_t(b)];
        const CascadeColumn &middle = m_columns.models[size_t(b)];
        m_width = second.thresholds.size() + 1;
        const size_t height = first.thresholds.size() + 1;
        // Checking B costs all rows that came to it.
        m_checks.assign(height, 0);
        m_cellOf.resize(size_t(m_count));
        m_rowsBelow.assign(m_width * height, 0);
        for (size_t row = 0; row < size_t(m_count); ++row) {
            m_checks[size_t(first.bin[row])] += middle.checkCost[row];
            m_cellOf[row] = first.bin[row] * qint32(m_width) + second.bin[row];
            ++m_rowsBelow[size_t(m_cellOf[row])];
        }
        std::partial_sum(m_checks.begin(), m_checks.end(), m_checks.begin());
        addUpCells(m_rowsBelow);
        for (qint32 c = 0; c < qint32(m_columns.models.size()); ++c) {
            if (c == a || c == b)
                continue;
            fillCells({a, b, c});
            readCells({a, b, c}, twoStages);
        }
    }

    // Makes of each cell the sum of all cells up to it in both directions.
    void addUpCells(std::vector<qint64> &cells) const
    {
        for (size_t cell = 0; cell < cells.size(); ++cell) {
            const bool hasLeft = cell % m_width > 0;
            const bool hasAbove = cell >= m_width;
            cells[cell] += (hasLeft ? cells[cell - 1] : 0) +
                           (hasAbove ? cells[cell - m_width] : 0) -
                           (hasLeft && hasAbove ? cells[cell - m_width - 1] : 0);
        }
    }

    void fillCells(const std::array<qint32, 3> &models)
    {
        const CascadeColumn &from = m_columns.models[size_t(models[1])];
        const CascadeColumn &to = m_columns.models[size_t(models[2])];
        m_cells.assign(m_rowsBelow.size(), {});
        for (size_t row = 0; row < size_t(m_count); ++row)
            m_cells[size_t(m_cellOf[row])] += {to.quality[row] - from.quality[row], to.cost[row]};
        if (!m_options.latencyP95)
            return;
        m_lateBelow.assign(m_rowsBelow.size(), 0);
        for (size_t row = 0; row < size_t(m_count); ++row) {
            const qint64 before = latencyAt(models[0], row) + latencyAt(models[1], row);
            m_lateBelow[size_t(m_cellOf[row])] +=
                isLate(before + latencyAt(models[2], row)) - isLate(before);
        }
        addUpCells(m_lateBelow);
    }

    // Prefix sums over both thresholds at once, each read as it is made.
    void readCells(const std::array<qint32, 3> &models, const std::vector<Sums> &twoStages)
    {
        const Binned &first = m_binned[size_t(models[0])];
        const Binned &second = m_binned[size_t(models[1])];
        m_columnSums.assign(m_width, {});
        for (size_t s = 0; s < first.thresholds.size(); ++s) {
            const Sums &base = twoStages[s];
            const qint64 cost = base.cost + m_checks[s];
            Change third;
            for (size_t t = 0; t < second.thresholds.size(); ++t) {
                const size_t cell = s * m_width + t;
                m_columnSums[t] += m_cells[cell];
                third += m_columnSums[t];
                ++m_searched;
                if (!isWanted(base.quality + third.quality, cost + third.cost))
                    continue;
                const qint64 rows = m_rowsBelow[cell];
                const qint64 late = m_options.latencyP95 ? m_lateBelow[cell] : 0;
                offer({.stages = 3,
                       .model = models,
                       .threshold = {first.thresholds[s], second.thresholds[t]}},
                      {base.quality + third.quality,
                       cost + third.cost,
                       base.late + late,
                       {m_count - base.rows, base.rows - rows, rows}});
            }
        }
    }

    // Whether it is worth to make a point of these sums.
    bool isWanted(qint64 quality, qint64 cost) const
    {
        return m_front.mayAdd(quality, cost) || m_options.everyPoint;
    }

    void offer(const Cascade &cascade, const CascadeSums &sums)
    {
        if (m_options.everyPoint)
            m_options.everyPoint({cascade, sums});
        if (sums.late > lateAllowed())
            return;
        for (int stage = 0; stage < cascade.stages; ++stage) {
            if (sums.answered[size_t(stage)] < m_leastRows)
                return;
        }
        m_front.add({cascade, sums});
    }

    qint64 lateAllowed() const { return m_options.latencyP95 ? m_mostLate : m_count; }

    const CascadeColumns &m_columns;
    const SearchOptions &m_options;
    qsizetype m_count = 0;
    qint64 m_leastRows = 0;
    qint64 m_mostLate = 0;
    std::vector<Binned> m_binned; // by model
    // Of the first two stages at hand.
    size_t m_width = 0;              // cells a threshold of the first
    std::vector<qint32> m_cellOf;    // by row
    std::vector<qint64> m_checks;    // by threshold of the first: what checking the second costs
    std::vector<qint64> m_rowsBelow; // by cell: rows that both thresholds send on
    // Of the three stages at hand.
    std::vector<Change> m_cells;
    std::vector<Change> m_columnSums; // of the cells read so far
    std::vector<qint64> m_lateBelow;  // by cell: rows that the third makes late
    ParetoFront m_front;
    qint64 m_searched = 0;
};

} // namespace

std::vector<double> thresholdsOf(const CascadeColumn &model, int grid)
{
    std::vector<double> scores;
    std::copy_if(model.score.begin(), model.score.end(), std::back_inserter(scores),
                 [](double score) { return score == score; });
    std::sort(scores.begin(), scores.end());
    std::vector<double> thresholds;
    if (grid <= 0) {
        thresholds = std::move(scores);
    } else if (!scores.empty()) {
        for (int step = 0; step < grid; ++step)
            thresholds.push_back(scores[scores.size() * size_t(step) / size_t(grid)]);
    }
    thresholds.erase(std::unique(thresholds.begin(), thresholds.end()), thresholds.end());
    return thresholds;
}

Result<> checkLatencies(const CascadeColumns &columns, const SearchOptions &options)
{
    if (!options.latencyP95)
        return {};
    for (const CascadeColumn &model : columns.models) {
        if (model.latency.empty())
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("The latency of “%1” was not measured on every prompt, so no "
                                  "limit of latency can be kept. Leave the model out.")
                            .arg(model.name));
    }
    return {};
}

bool keepsLatency(const CascadeColumns &columns, const Cascade &cascade,
                  const std::optional<std::chrono::nanoseconds> &latencyP95)
{
    return !latencyP95 ||
           evaluateCascade(columns, cascade, latencyP95->count()).late <= mostLate(columns.count());
}

Result<CascadeFront> searchCascades(const CascadeColumns &columns, const SearchOptions &options,
                                    const SearchProgress &progress, std::stop_token stop)
{
    if (const auto measured = checkLatencies(columns, options); !measured)
        return tl::unexpected(measured.error());
    return Search(columns, options).run(progress, std::move(stop));
}

} // namespace headgate::evaluation
