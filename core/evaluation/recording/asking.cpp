#include "core/evaluation/recording/asking.h"

#include <algorithm>
#include <cmath>

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

namespace {

// As an outcome's confidence is written: a natural logarithm, where -50 stands for minus infinity.
constexpr double kLeastConfidence = -50;

std::optional<double> confidenceOf(const engine::RunTrace &trace)
{
    const auto gate = std::find_if(trace.hops.begin(), trace.hops.end(),
                                   [](const engine::Hop &hop) { return hop.score.has_value(); });
    if (gate == trace.hops.end())
        return std::nullopt;
    return std::clamp(std::log(*gate->score), kLeastConfidence, 0.0);
}

policy::Node nodeOf(const char *id, const char *kind, Json config = Json::object())
{
    return {.id = policy::NodeId{QString::fromLatin1(id)},
            .kind = QString::fromLatin1(kind),
            .config = std::move(config)};
}

policy::Wire wireOf(const char *from, const char *port, const char *to)
{
    return {policy::NodeId{QString::fromLatin1(from)}, QString::fromLatin1(port),
            policy::NodeId{QString::fromLatin1(to)}};
}

} // namespace

Result<std::shared_ptr<const engine::PreparedPolicy>> askingPolicy(const policy::Model &model,
                                                                   const QString &name,
                                                                   std::optional<Money> most,
                                                                   bool confidence)
{
    policy::PolicyDocument document;
    document.name = name;
    document.models = {model};
    document.limits.maxCost = most;
    document.nodes = {nodeOf("query", "query"), nodeOf("answer", "answer"),
                      nodeOf("model", "model", {{"model", toStdString(model.name)}})};
    document.wires = {wireOf("query", "query", "model")};
    if (confidence) {
        const Json scorers = Json::array({{{"kind", "log_probability"}}});
        document.nodes.append(nodeOf("gate", "gate", {{"threshold", 0}, {"scorers", scorers}}));
        document.wires.append({wireOf("model", "answer", "gate"),
                               wireOf("gate", "accept", "answer"),
                               wireOf("gate", "escalate", "answer")});
    } else {
        document.wires.append(wireOf("model", "answer", "answer"));
    }
    return engine::PreparedPolicy::prepare(document, routers::builtinRouters(),
                                           scorers::builtinScorers());
}

RecordedOutcome outcomeOf(const engine::RunTrace &trace, const RecordingItem &item,
                          const ModelMark &model)
{
    const engine::Hop &hop = trace.hops.at(trace.answeringHop);
    RecordedOutcome outcome{.row = item.row, .model = model, .answer = trace.answer};
    outcome.content = item.content;
    outcome.figures.latencyMs =
        std::chrono::duration<double, std::milli>(hop.end - hop.start).count();
    outcome.figures.inTokens = hop.usage.input();
    outcome.figures.outTokens = hop.usage.output;
    if (hop.costOrigin != engine::CostOrigin::UnknownPrice)
        outcome.figures.cost = hop.cost;
    outcome.figures.confidence = confidenceOf(trace);
    if (outcome.figures.confidence)
        outcome.figures.checkCost = Money(); // it came with the answer
    return outcome;
}

QString failureClassOf(const engine::RunTrace &trace)
{
    const auto last = std::find_if(trace.hops.rbegin(), trace.hops.rend(),
                                   [](const auto &hop) { return !hop.failureClass.isEmpty(); });
    return last != trace.hops.rend() ? last->failureClass : QString();
}

} // namespace headgate::evaluation
