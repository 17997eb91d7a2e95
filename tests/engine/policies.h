#pragma once

#include "core/policy/policy_document.h"

namespace headgate::test {

// 1 and 2 USD per million tokens, times `factor`: 100 tokens in and 20 out cost 140 us-dollars x
// it.
inline Price priceOf(qint64 factor)
{
    Price price;
    price.input = Money::fromNanos(1'000'000'000 * factor);
    price.output = Money::fromNanos(2'000'000'000 * factor);
    return price;
}

inline policy::Model model(const QString &name, const QString &provider, qint64 priceFactor)
{
    policy::Model model;
    model.name = name;
    model.provider = provider;
    model.model = name + QStringLiteral("-id");
    model.price = priceOf(priceFactor);
    return model;
}

inline policy::Node node(const QString &id, const QString &kind,
                         const Json &config = Json::object())
{
    policy::Node node;
    node.id = {id};
    node.kind = kind;
    node.title = id;
    node.config = config;
    return node;
}

inline policy::Wire wire(const QString &from, const QString &port, const QString &to)
{
    return {{from}, port, {to}};
}

inline Json callOf(const QString &name, int retries = 2)
{
    return {{"model", toStdString(name)}, {"retries", retries}, {"timeout_s", 30}};
}

inline Json logProbabilityAbove(double threshold)
{
    return {{"scorers", Json::array({Json{{"kind", "log_probability"}}})},
            {"threshold", threshold}};
}

// query -> small -> gate -> (accept) answer, (escalate) large -> answer; small's error -> large.
inline policy::PolicyDocument cascade()
{
    const auto text = [](const char *literal) { return QString::fromLatin1(literal); };
    policy::PolicyDocument document;
    document.name = text("Two stages");
    document.baseline = text("large");
    document.models = {model(text("large"), text("b"), 10), model(text("small"), text("a"), 1)};
    document.nodes = {node(text("in"), text("query")),
                      node(text("first"), text("model"), callOf(text("small"))),
                      node(text("check"), text("gate"), logProbabilityAbove(0.5)),
                      node(text("second"), text("model"), callOf(text("large"))),
                      node(text("out"), text("answer"))};
    document.wires = {wire(text("in"), text("query"), text("first")),
                      wire(text("first"), text("answer"), text("check")),
                      wire(text("first"), text("error"), text("second")),
                      wire(text("check"), text("accept"), text("out")),
                      wire(text("check"), text("escalate"), text("second")),
                      wire(text("second"), text("answer"), text("out"))};
    return document;
}

inline policy::Query query(const QString &prompt)
{
    policy::Query query;
    query.messages = {Message{.role = Message::Role::User, .text = prompt}};
    query.seed = 7;
    return query;
}

} // namespace headgate::test
