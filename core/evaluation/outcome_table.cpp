#include "core/evaluation/outcome_table.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace headgate::evaluation {

void TextColumn::append(QByteArrayView text)
{
    m_text.append(text);
    m_ends.push_back(m_text.size());
}

QByteArrayView TextColumn::at(qsizetype row) const
{
    const qint64 from = row == 0 ? 0 : m_ends[size_t(row) - 1];
    return QByteArrayView(m_text).sliced(from, m_ends[size_t(row)] - from);
}

void ModelColumns::putMissingCosts(Money costPerCall)
{
    cost.resize(quality.size(), kNoCost);
    for (size_t row = 0; row < cost.size(); ++row) {
        if (cost[row] == kNoCost && answered(qsizetype(row)))
            cost[row] = costPerCall.nanos();
    }
}

std::vector<qint64> ModelColumns::latencyNanos() const
{
    std::vector<qint64> nanos;
    nanos.reserve(latencyMs.size());
    for (const float ms : latencyMs)
        nanos.push_back(std::isnan(ms) ? -1 : std::llround(double(ms) * 1e6));
    return nanos;
}

qsizetype OutcomeTable::modelIndex(const QString &name) const
{
    const auto found = std::find_if(models.begin(), models.end(),
                                    [&](const ModelColumns &each) { return each.name == name; });
    return found == models.end() ? -1 : std::distance(models.begin(), found);
}

std::vector<qint32> OutcomeTable::rowsOf(Part wanted) const
{
    std::vector<qint32> found;
    for (qsizetype row = 0; row < rows; ++row) {
        if (part[size_t(row)] == wanted)
            found.push_back(qint32(row));
    }
    return found;
}

std::vector<qint32> OutcomeTable::allRows() const
{
    std::vector<qint32> all(static_cast<size_t>(rows));
    std::iota(all.begin(), all.end(), 0);
    return all;
}

qsizetype OutcomeTable::missing(qsizetype model, const std::vector<qint32> &of) const
{
    return std::count_if(of.begin(), of.end(),
                         [&](qint32 row) { return !models[size_t(model)].answered(row); });
}

} // namespace headgate::evaluation
