#include "core/evaluation/outcome_columns.h"

#include "core/evaluation/datasets/row_source.h"
#include "core/evaluation/texts.h"

#include <algorithm>

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

namespace {

template<typename T>
Result<> putValue(std::optional<T> &place, bool good, T value, const QString &complaint)
{
    if (!good)
        return fail(ErrorCode::InvalidInput, complaint);
    place = value;
    return {};
}

Result<> readNumber(std::optional<double> &place, const QByteArray &text, const QString &column)
{
    bool good = false;
    const double number = text.toDouble(&good);
    return putValue(place, good, number, Texts::tr("“%1” must be a number").arg(column));
}

Result<> readMoney(std::optional<Money> &place, const QByteArray &text, const QString &column)
{
    const auto money = Money::fromDecimal(QString::fromUtf8(text));
    return putValue(place, money.has_value(), money.value_or(Money()),
                    Texts::tr("“%1” is no amount of dollars").arg(column));
}

Result<> readCount(std::optional<qint64> &place, const QByteArray &text, const QString &column)
{
    bool good = false;
    const qint64 count = text.toLongLong(&good);
    return putValue(place, good && count >= 0, count,
                    Texts::tr("“%1” must be a whole number").arg(column));
}

Result<> readFigure(const QByteArray &member, const QByteArray &text, const QString &column,
                    Outcome &outcome)
{
    if (member == "quality")
        return readNumber(outcome.quality, text, column);
    if (member == "cost_usd")
        return readMoney(outcome.cost, text, column);
    if (member == "check_cost_usd")
        return readMoney(outcome.checkCost, text, column);
    if (member == "confidence")
        return readNumber(outcome.confidence, text, column);
    if (member == "latency_ms")
        return readNumber(outcome.latencyMs, text, column);
    if (member == "in_tokens")
        return readCount(outcome.inTokens, text, column);
    if (member == "out_tokens")
        return readCount(outcome.outTokens, text, column);
    outcome.answer = text;
    return {};
}

bool isFigure(const QByteArray &member)
{
    static const QByteArrayList known{"quality",    "cost_usd",  "check_cost_usd", "confidence",
                                      "latency_ms", "in_tokens", "out_tokens",     "answer"};
    return known.contains(member);
}

} // namespace

const QString &OutcomeColumns::prefix()
{
    static const QString word = u"models"_s;
    return word;
}

OutcomeColumns::OutcomeColumns(const QStringList &columns)
{
    const QString start = prefix() + u'.';
    for (const QString &column : columns) {
        // A model's name may hold points: the figure stands behind the last one.
        const qsizetype point = column.lastIndexOf(u'.');
        const QByteArray member = column.sliced(point + 1).toUtf8();
        if (column.startsWith(start) && point > start.size() && isFigure(member))
            modelOf(column.sliced(start.size(), point - start.size()).toUtf8())
                .figures.push_back({column, member});
    }
}

OutcomeColumns::Model &OutcomeColumns::modelOf(const QByteArray &name)
{
    const auto found = std::find_if(m_models.begin(), m_models.end(),
                                    [&name](const Model &each) { return each.name == name; });
    if (found != m_models.end())
        return *found;
    m_models.push_back({name, {}});
    return m_models.back();
}

Result<> OutcomeColumns::read(const RowSource &row, const OutcomeSink &sink) const
{
    for (const Model &model : m_models) {
        Outcome outcome;
        QByteArray answer; // to which the outcome's points
        bool any = false;
        for (const Figure &figure : model.figures) {
            const auto cell = row.value(figure.column);
            if (!cell)
                continue;
            any = true;
            if (figure.member == "answer")
                answer = cell->text;
            const QByteArray &text = figure.member == "answer" ? answer : cell->text;
            if (auto read = readFigure(figure.member, text, figure.column, outcome); !read)
                return read;
        }
        if (!any)
            continue;
        if (auto added = sink(model.name, outcome); !added)
            return added;
    }
    return {};
}

} // namespace headgate::evaluation
