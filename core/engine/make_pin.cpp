#include "core/engine/pin_check.h"

#include "core/common/redaction.h"
#include "core/engine/texts.h"

namespace headgate::engine {

using namespace Qt::StringLiterals;

namespace {

// All attempts of one visit, [first, last], as one call.
policy::PinnedCall callOf(const QList<Hop> &hops, qsizetype first, qsizetype last)
{
    const Hop &end = hops[last];
    policy::PinnedCall call;
    call.model = end.askedModel;
    call.provider = end.provider;
    call.modelId = end.chosenModel;
    call.ok = end.failureClass.isEmpty();
    call.duration = end.end - hops[first].start;
    for (qsizetype i = first; i <= last; ++i)
        call.cost += hops[i].cost;
    return call;
}

// None: the gate is gone, or judged otherwise by now.
std::optional<Json> scorersAtHop(const Hop &hop, const policy::PolicyDocument &document)
{
    const policy::Node *gate = document.node(hop.node);
    if (!gate || !gate->config.is_object())
        return std::nullopt;
    const auto scorers = gate->config.find("scorers");
    if (scorers == gate->config.end() || scorersMark(*scorers) != hop.scorers)
        return std::nullopt;
    return *scorers;
}

// With the calls that the scorers needed, which stand before the score.
policy::PinnedScore scoreOf(const QList<Hop> &hops, qsizetype first, qsizetype last,
                            const QString &model, const Json &scorers)
{
    policy::PinnedScore score{.model = model, .scorers = scorers, .score = hops[last].score};
    if (first == last)
        return score;
    score.duration = hops[last].end - hops[first].start;
    for (qsizetype i = first; i <= last; ++i)
        score.cost += hops[i].cost;
    return score;
}

} // namespace

Result<policy::RoutePin> makePin(const RunTrace &trace, const policy::PolicyDocument &document,
                                 const QString &id, const QString &name)
{
    if (trace.status != RunStatus::Answered && trace.status != RunStatus::LimitedAnswer)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("This run has no answer; only the path of an answer can be pinned."));
    if (trace.query.messages.isEmpty())
        return fail(
            ErrorCode::InvalidInput,
            Texts::tr("The prompt of this run was not kept; ask it again to pin its path."));
    policy::RoutePin pin;
    pin.id = id;
    pin.name = name;
    pin.query = trace.query;
    // The pin goes into a file that others read.
    for (Message &message : pin.query.messages) {
        message.text = redacted(message.text);
        message.extra = redacted(message.extra);
    }
    pin.query.metadata = redacted(pin.query.metadata);
    QString answered; // the model whose answer a gate judges
    for (qsizetype first = 0; first < trace.hops.size();) {
        qsizetype last = first;
        while (last + 1 < trace.hops.size() && trace.hops[last + 1].node == trace.hops[first].node)
            ++last;
        const Hop &hop = trace.hops[last];
        pin.path.append({hop.node, hop.port});
        if (hop.asksForAnswer()) {
            pin.calls.append(callOf(trace.hops, first, last));
            if (pin.calls.last().ok)
                answered = hop.askedModel;
        } else if (hop.kind == "gate"_L1) {
            if (const auto scorers = scorersAtHop(hop, document))
                pin.scores.append(scoreOf(trace.hops, first, last, answered, *scorers));
        }
        first = last + 1;
    }
    return pin;
}

} // namespace headgate::engine
