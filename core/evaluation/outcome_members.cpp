#include "core/evaluation/outcome_members.h"

#include "core/evaluation/texts.h"

#include <simdjson.h>

namespace headgate::evaluation {

using simdjson::dom::element;
using simdjson::dom::object;

namespace {

tl::unexpected<Error> refused(const QString &complaint)
{
    return fail(ErrorCode::InvalidInput, complaint);
}

QByteArrayView viewOf(std::string_view text)
{
    return {text.data(), qsizetype(text.size())};
}

QString keyName(std::string_view key)
{
    return QString::fromUtf8(viewOf(key));
}

Result<double> numberOf(const element &value, std::string_view key)
{
    double number = 0;
    if (value.get(number) != simdjson::SUCCESS)
        return refused(Texts::tr("“%1” must be a number").arg(keyName(key)));
    return number;
}

Result<Money> moneyOf(const element &value, std::string_view key)
{
    const auto number = numberOf(value, key);
    if (!number)
        return tl::unexpected(number.error());
    auto money = Money::fromUsd(*number);
    if (!money)
        return refused(Texts::tr("“%1” is no amount of dollars").arg(keyName(key)));
    return money;
}

Result<qint64> countOf(const element &value, std::string_view key)
{
    const auto number = numberOf(value, key);
    if (!number)
        return tl::unexpected(number.error());
    if (!(*number >= 0 && *number <= 1e15) || *number != double(qint64(*number)))
        return refused(Texts::tr("“%1” must be a whole number").arg(keyName(key)));
    return qint64(*number);
}

// Puts what was read into its place, or gives the error.
template<typename T>
Result<> put(std::optional<T> &place, Result<T> value)
{
    if (!value)
        return tl::unexpected(std::move(value.error()));
    place = *value;
    return {};
}

Result<> readMember(std::string_view key, const element &value, Outcome &outcome)
{
    if (key == "quality")
        return put(outcome.quality, numberOf(value, key));
    if (key == "cost_usd")
        return put(outcome.cost, moneyOf(value, key));
    if (key == "check_cost_usd")
        return put(outcome.checkCost, moneyOf(value, key));
    if (key == "confidence")
        return put(outcome.confidence, numberOf(value, key));
    if (key == "latency_ms")
        return put(outcome.latencyMs, numberOf(value, key));
    if (key == "in_tokens")
        return put(outcome.inTokens, countOf(value, key));
    if (key == "out_tokens")
        return put(outcome.outTokens, countOf(value, key));
    if (key == "answer") {
        std::string_view text;
        if (value.get(text) != simdjson::SUCCESS)
            return refused(Texts::tr("“answer” must be a text"));
        outcome.answer = viewOf(text);
    }
    return {};
}

} // namespace

Result<> readModelOutcomes(const object &models, const OutcomeSink &sink)
{
    for (const auto &[name, value] : models) {
        object members;
        if (value.get(members) != simdjson::SUCCESS)
            return refused(Texts::tr("the model “%1” must be an object").arg(keyName(name)));
        Outcome outcome;
        for (const auto &[key, member] : members) {
            if (member.is_null())
                continue;
            if (auto read = readMember(key, member, outcome); !read)
                return refused(Texts::tr("the model “%1” cannot be read: %2")
                                   .arg(keyName(name), read.error().message));
        }
        if (auto added = sink(viewOf(name), outcome); !added)
            return added;
    }
    return {};
}

Result<> readModelOutcomes(const QByteArray &models, const OutcomeSink &sink)
{
    simdjson::dom::parser parser;
    object members;
    if (parser.parse(models.constData(), size_t(models.size())).get(members) != simdjson::SUCCESS)
        return refused(Texts::tr("it must be an object with one entry a model"));
    return readModelOutcomes(members, sink);
}

} // namespace headgate::evaluation
