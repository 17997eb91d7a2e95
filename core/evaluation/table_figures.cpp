#include "core/evaluation/table_figures.h"

#include "core/evaluation/recording/content_address.h"

#include <algorithm>
#include <cmath>

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kBytesPerToken = 4; // as text/token_estimate.h counts

std::vector<qint64> promptTokens(const OutcomeTable &table)
{
    std::vector<qint64> tokens;
    tokens.reserve(size_t(table.prompts.size()));
    for (qsizetype row = 0; row < table.prompts.size(); ++row)
        tokens.push_back((table.prompts.at(row).size() + kBytesPerToken - 1) / kBytesPerToken);
    return tokens;
}

std::optional<std::chrono::nanoseconds> medianLatency(const ModelColumns &model)
{
    std::vector<qint64> measured = model.latencyNanos();
    std::erase_if(measured, [](qint64 nanos) { return nanos < 0; });
    if (measured.empty())
        return std::nullopt;
    const auto middle = measured.begin() + qsizetype((measured.size() - 1) / 2);
    std::nth_element(measured.begin(), middle, measured.end());
    return std::chrono::nanoseconds(*middle);
}

} // namespace

qsizetype columnOf(const OutcomeTable &table, const policy::Model &model)
{
    qsizetype column = table.modelIndex(model.name);
    if (column < 0)
        column = table.modelIndex(model.model);
    if (column < 0) // recorded with these parameters, and with others
        column = table.modelIndex(u"%1 (%2)"_s.arg(model.model, markOf(model).parameters));
    return column;
}

TableFigures::TableFigures(const QList<policy::Model> &models, const OutcomeTable &table)
{
    const std::vector<qint64> tokens = promptTokens(table);
    for (const policy::Model &model : models) {
        const qsizetype column = columnOf(table, model);
        if (column < 0)
            continue;
        const ModelColumns &outcomes = table.models[size_t(column)];
        if (const auto line = costLine(outcomes, tokens))
            m_costs.insert(model.name, *line);
        if (const auto latency = medianLatency(outcomes))
            m_latencies.insert(model.name, *latency);
    }
}

// Least squares.
std::optional<TableFigures::CostLine> TableFigures::costLine(const ModelColumns &model,
                                                             const std::vector<qint64> &tokens)
{
    double count = 0;
    double sumX = 0;
    double sumY = 0;
    double sumXx = 0;
    double sumXy = 0;
    double least = std::numeric_limits<double>::infinity();
    for (size_t row = 0; row < tokens.size(); ++row) {
        const qint64 cost = model.costAt(qsizetype(row));
        if (cost == kNoCost)
            continue;
        const double x = double(tokens[row]);
        const double y = double(cost);
        count += 1;
        sumX += x;
        sumY += y;
        sumXx += x * x;
        sumXy += x * y;
        least = std::min(least, y);
    }
    if (count == 0)
        return std::nullopt;
    const double spread = count * sumXx - sumX * sumX;
    // A longer prompt costs no less; where all are as long, there is no telling.
    const double slope = spread > 0 ? std::max(0.0, (count * sumXy - sumX * sumY) / spread) : 0.0;
    return CostLine{.fixed = (sumY - slope * sumX) / count, .perToken = slope, .least = least};
}

std::optional<Money> TableFigures::cost(const QString &model, qint64 inputTokens, qint64) const
{
    const auto line = m_costs.constFind(model);
    if (line == m_costs.cend())
        return std::nullopt;
    const double nanos = line->fixed + line->perToken * double(inputTokens);
    return Money::fromNanos(std::llround(std::max(line->least, nanos)));
}

std::optional<std::chrono::nanoseconds> TableFigures::latency(const QString &model) const
{
    const auto latency = m_latencies.constFind(model);
    return latency == m_latencies.cend() ? std::nullopt : std::optional(*latency);
}

} // namespace headgate::evaluation
