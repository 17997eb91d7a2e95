#include "core/evaluation/outcome_builder.h"

#include "core/evaluation/texts.h"

#include <cmath>

namespace headgate::evaluation {

namespace {

// Rounding at a server can put a certain token a little above zero.
constexpr double kRoundingOfLogs = 1e-3;
constexpr double kMostTokens = 1e9;

// Puts a value at the end of a column that begins with its first value.
template<typename T>
void put(std::vector<T> &column, size_t row, const std::optional<T> &value, T none)
{
    if (!value && column.empty())
        return;
    column.resize(row, none);
    column.push_back(value.value_or(none));
}

template<typename T>
void pad(std::vector<T> &column, size_t rows, T none)
{
    if (!column.empty())
        column.resize(rows, none);
}

// Where the name stands among the names; -1: it is empty.
qint32 placeOf(QByteArrayView name, QHash<QByteArray, qint32> &places, QStringList &names)
{
    if (name.isEmpty())
        return -1;
    const auto found = places.constFind(QByteArray::fromRawData(name.data(), name.size()));
    if (found != places.cend())
        return *found;
    const auto place = qint32(names.size());
    places.insert(name.toByteArray(), place);
    names.append(QString::fromUtf8(name));
    return place;
}

std::optional<float> asFloat(const std::optional<double> &value)
{
    return value ? std::optional(float(*value)) : std::nullopt;
}

std::optional<qint64> asNanos(const std::optional<Money> &value)
{
    return value ? std::optional(value->nanos()) : std::nullopt;
}

std::optional<qint32> asCount(const std::optional<qint64> &value)
{
    return value ? std::optional(qint32(*value)) : std::nullopt;
}

} // namespace

QString complaintOf(const Outcome &outcome)
{
    const auto outside = [](const std::optional<double> &value, double least, double most) {
        return value && !(*value >= least && *value <= most); // NaN is outside of everything
    };
    const auto negative = [](const std::optional<Money> &value) {
        return value && *value < Money();
    };
    const auto noCount = [](const std::optional<qint64> &value) {
        return value && (*value < 0 || double(*value) > kMostTokens);
    };
    if (outside(outcome.quality, 0, 1))
        return Texts::tr("its quality is %1, which is not between 0 and 1").arg(*outcome.quality);
    if (negative(outcome.cost) || negative(outcome.checkCost))
        return Texts::tr("its cost is negative");
    if (outside(outcome.confidence, -HUGE_VAL, kRoundingOfLogs))
        return Texts::tr("its confidence is %1; a log-probability is at most 0")
            .arg(*outcome.confidence);
    if (outside(outcome.latencyMs, 0, 1e12))
        return Texts::tr("its latency is %1 ms").arg(*outcome.latencyMs);
    if (noCount(outcome.inTokens) || noCount(outcome.outTokens))
        return Texts::tr("its count of tokens cannot be");
    return {};
}

Result<> OutcomeBuilder::addRow(QByteArrayView id, QByteArrayView prompt, QByteArrayView subset,
                                QByteArrayView label)
{
    const qint32 row = qint32(m_table.rows);
    QByteArray key = id.toByteArray();
    if (const auto before = m_rowOfId.constFind(key); before != m_rowOfId.cend())
        return fail(ErrorCode::InvalidInput, Texts::tr("the id “%1” was already given in row %2")
                                                 .arg(QString::fromUtf8(id))
                                                 .arg(*before + 1));
    m_rowOfId.insert(std::move(key), row);
    m_table.ids.append(id);
    m_table.part.push_back(partOf(prompt));
    if (m_keep.prompts)
        m_table.prompts.append(prompt);
    m_table.subset.push_back(placeOf(subset, m_subsets, m_table.subsets));
    m_table.label.push_back(placeOf(label, m_labels, m_table.labels));
    ++m_table.rows;
    m_nextModel = 0;
    return {};
}

Result<> OutcomeBuilder::add(QByteArrayView model, const Outcome &outcome)
{
    if (const QString complaint = complaintOf(outcome); !complaint.isEmpty())
        return fail(ErrorCode::InvalidInput, Texts::tr("the model “%1” cannot be read: %2")
                                                 .arg(QString::fromUtf8(model), complaint));
    ModelColumns &columns = columnsOf(model);
    const size_t row = size_t(m_table.rows) - 1;
    if (columns.quality.size() > row)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("the model “%1” is given twice").arg(QString::fromUtf8(model)));
    columns.quality.resize(row, kNotMeasured);
    columns.quality.push_back(asFloat(outcome.quality).value_or(kNotMeasured));
    put(columns.cost, row, asNanos(outcome.cost), kNoCost);
    put(columns.checkCost, row, asNanos(outcome.checkCost), kNoCost);
    const auto confidence =
        outcome.confidence ? std::optional(std::min(*outcome.confidence, 0.0)) : std::nullopt;
    put(columns.confidence, row, asFloat(confidence), kNotMeasured);
    put(columns.latencyMs, row, asFloat(outcome.latencyMs), kNotMeasured);
    put(columns.inTokens, row, asCount(outcome.inTokens), kNoTokens);
    put(columns.outTokens, row, asCount(outcome.outTokens), kNoTokens);
    if (m_keep.answers) {
        while (size_t(columns.answers.size()) < row)
            columns.answers.append({});
        columns.answers.append(outcome.answer);
    }
    return {};
}

ModelColumns &OutcomeBuilder::columnsOf(QByteArrayView model)
{
    const size_t guess = m_nextModel;
    if (guess < m_table.models.size() && m_keys[guess] == model) {
        ++m_nextModel;
        return m_table.models[guess];
    }
    const auto found = m_models.constFind(QByteArray::fromRawData(model.data(), model.size()));
    const qsizetype place = found != m_models.cend() ? *found : qsizetype(m_table.models.size());
    if (found == m_models.cend()) {
        m_models.insert(model.toByteArray(), place);
        m_keys.push_back(model.toByteArray());
        ModelColumns columns;
        columns.name = QString::fromUtf8(model);
        m_table.models.push_back(std::move(columns));
    }
    m_nextModel = size_t(place) + 1;
    return m_table.models[size_t(place)];
}

void OutcomeBuilder::fill(ModelColumns &columns, qsizetype rows) const
{
    const size_t length = size_t(rows);
    columns.quality.resize(length, kNotMeasured);
    pad(columns.cost, length, kNoCost);
    pad(columns.checkCost, length, kNoCost);
    pad(columns.confidence, length, kNotMeasured);
    pad(columns.latencyMs, length, kNotMeasured);
    pad(columns.inTokens, length, kNoTokens);
    pad(columns.outTokens, length, kNoTokens);
    while (m_keep.answers && columns.answers.size() < rows)
        columns.answers.append({});
}

OutcomeTable OutcomeBuilder::take()
{
    for (ModelColumns &columns : m_table.models)
        fill(columns, m_table.rows);
    m_rowOfId.clear();
    m_models.clear();
    m_keys.clear();
    m_subsets.clear();
    m_labels.clear();
    return std::exchange(m_table, {});
}

} // namespace headgate::evaluation
