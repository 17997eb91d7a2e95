#include "ui/ask/other_route.h"

#include "core/engine/call_cost.h"
#include "ui/common/hop_words.h"
#include "ui/common/number_format.h"
#include "ui/common/texts.h"

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

bool isScored(const engine::Hop &hop)
{
    return hop.score && hop.threshold;
}

// -1: no gate scored.
qsizetype decidingGate(const QList<engine::Hop> &hops)
{
    qsizetype last = -1;
    for (qsizetype i = 0; i < hops.size(); ++i) {
        if (!isScored(hops[i]))
            continue;
        if (*hops[i].score < *hops[i].threshold)
            return i;
        last = i;
    }
    return last;
}

// What the gate judged: the last call before it that answered.
const engine::Hop *judgedCall(const QList<engine::Hop> &hops, qsizetype gate)
{
    for (qsizetype i = gate - 1; i >= 0; --i) {
        if (hops[i].asksForAnswer() && hops[i].failureClass.isEmpty())
            return &hops[i];
    }
    return nullptr;
}

// The model that an escalation meets first; nullptr where a router decides, or nothing follows.
const policy::Node *nextModel(const policy::PolicyDocument &document, const policy::NodeId &gate)
{
    std::optional<policy::NodeId> at = document.target(gate, u"escalate"_s);
    for (qsizetype steps = 0; at && steps < document.nodes.size(); ++steps) {
        const policy::Node *node = document.node(*at);
        if (!node)
            return nullptr;
        if (node->kind == "model"_L1)
            return node;
        if (node->kind != "gate"_L1)
            return nullptr;
        at = document.target(node->id, u"escalate"_s);
    }
    return nullptr;
}

void describeEscalation(const engine::RunTrace &trace, qsizetype gate, OtherRoute &route)
{
    if (const engine::Hop *judged = judgedCall(trace.hops, gate))
        route.model = judged->title;
    Money later;
    for (qsizetype i = gate + 1; i < trace.hops.size(); ++i) {
        if (trace.hops[i].costOrigin == engine::CostOrigin::UnknownPrice)
            return;
        route.estimated |= trace.hops[i].costOrigin == engine::CostOrigin::EstimatedTokens;
        later += trace.hops[i].cost;
    }
    route.difference = -later;
}

void describeAcceptance(const engine::RunTrace &trace, const policy::PolicyDocument &document,
                        const catalog::ModelCatalog &catalog, OtherRoute &route)
{
    const policy::Node *next = nextModel(document, route.gate);
    if (!next)
        return;
    route.model = next->title.isEmpty() ? next->id.value : next->title;
    const policy::Model *model = document.model(jsonString(next->config, "model"));
    if (!model || trace.answeringHop < 0)
        return;
    const engine::CallCost costs(catalog, trace.startedAt.date());
    route.difference = costs.costAt(*model, trace.hops.at(trace.answeringHop).usage);
    route.estimated = true;
}

} // namespace

std::optional<OtherRoute> otherRoute(const engine::RunTrace &trace,
                                     const policy::PolicyDocument &document,
                                     const catalog::ModelCatalog &catalog)
{
    const qsizetype gate = decidingGate(trace.hops);
    if (gate < 0)
        return std::nullopt;
    const engine::Hop &hop = trace.hops[gate];
    OtherRoute route{.gate = hop.node,
                     .gateTitle = hop.title,
                     .score = *hop.score,
                     .threshold = *hop.threshold,
                     .accepted = *hop.score >= *hop.threshold};
    if (route.accepted)
        describeAcceptance(trace, document, catalog, route);
    else
        describeEscalation(trace, gate, route);
    return route;
}

QString otherRouteSentence(const OtherRoute &route)
{
    const QString decision = (route.accepted ? Texts::tr("%1 scored %2, which reaches %3 (%4).")
                                             : Texts::tr("%1 scored %2 and asks for %3 (%4)."))
                                 .arg(route.gateTitle, scoreText(route.score),
                                      scoreText(route.threshold), marginText(route.margin()));
    if (route.model.isEmpty())
        return decision;
    if (!route.difference)
        return Texts::tr("%1 What %2 would have cost is not known.").arg(decision, route.model);
    const QString amount = formatMoney(route.accepted ? *route.difference : -*route.difference);
    const QString shown = route.estimated ? Texts::tr("about %1").arg(amount) : amount;
    return (route.accepted ? Texts::tr("%1 Escalated, %2 would have answered for %3 more.")
                           : Texts::tr("%1 Accepted there, %2 would have answered for %3 less."))
        .arg(decision, route.model, shown);
}

} // namespace headgate::ui
