#include "core/evaluation/recorded_replies.h"

#include "core/evaluation/texts.h"

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

void RecordedReplies::add(const ModelColumns &recorded, const std::vector<qint64> &latency)
{
    m_sources.push_back({&recorded, &latency});
}

QList<Result<scorers::Reply>> RecordedReplies::at(qint32 row) const
{
    QList<Result<scorers::Reply>> replies;
    for (const Source &source : m_sources) {
        if (source.recorded->answered(row))
            replies.append(
                scorers::Reply{QString::fromUtf8(source.recorded->answers.at(row)), u"stop"_s});
        else
            replies.append(fail(ErrorCode::NotFound,
                                Texts::tr("The outcomes hold no answer of “%1” to this prompt.")
                                    .arg(source.recorded->name)));
    }
    return replies;
}

void RecordedReplies::bookInto(ScoreColumn &column) const
{
    if (m_sources.empty())
        return;
    const auto rows = size_t(m_table->rows);
    if (column.cost.empty())
        column.cost.resize(rows, 0);
    column.latency.assign(rows, 0);
    for (const Source &source : m_sources) {
        for (size_t row = 0; row < rows; ++row) {
            const qint64 cost = source.recorded->costAt(qsizetype(row));
            const qint64 took = source.latency->empty() ? -1 : (*source.latency)[row];
            qint64 &sum = column.cost[row];
            qint64 &longest = column.latency[row];
            sum = sum < 0 || cost < 0 ? kNoCost : sum + cost;
            longest = longest < 0 || took < 0 ? -1 : qMax(longest, took);
        }
    }
}

} // namespace headgate::evaluation
