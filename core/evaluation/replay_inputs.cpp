#include "core/evaluation/replay_inputs.h"

#include "core/evaluation/forward_order.h"
#include "core/evaluation/recorded_replies.h"
#include "core/evaluation/router_ports.h"
#include "core/evaluation/table_figures.h"
#include "core/evaluation/texts.h"
#include "core/policy/node_kind.h"
#include "core/text/token_estimate.h"

#include <QMap>

#include <cmath>

namespace headgate::evaluation {

using namespace Qt::StringLiterals;
using policy::CompiledPolicy;
using policy::ModelIndex;
using policy::NodeIndex;
using policy::NodeRole;

namespace {

constexpr qsizetype kNamesShown = 12;

// What the scorers of a gate read of an answer.
struct ScorerNeeds
{
    bool confidence = false;
    bool text = false;
};

ScorerNeeds needsOf(const policy::Node &gate)
{
    ScorerNeeds needs;
    const auto list = gate.config.find("scorers");
    for (const Json &entry : list != gate.config.end() ? *list : Json::array()) {
        const bool reads = jsonString(entry, "kind") == "log_probability"_L1;
        needs.confidence |= reads;
        needs.text |= !reads;
    }
    return needs;
}

QString listed(const OutcomeTable &table)
{
    QStringList names;
    for (const ModelColumns &model : table.models)
        names.append(model.name);
    if (names.size() > kNamesShown)
        names = names.first(kNamesShown) << u"…"_s;
    return names.join(u", "_s);
}

class Binder
{
public:
    Binder(const engine::PreparedPolicy &policy, const OutcomeTable &table, std::stop_token stop)
        : m_prepared(policy)
        , m_policy(policy.compiled())
        , m_table(table)
        , m_stop(std::move(stop))
        , m_judged(lastAnswers(m_policy))
    {
        m_inputs.table = &table;
        m_inputs.models.resize(size_t(m_policy.modelCount()));
        m_inputs.latency.resize(size_t(m_policy.modelCount()));
        m_inputs.ports.resize(size_t(m_policy.nodeCount()));
        m_inputs.scores.resize(size_t(m_policy.nodeCount()));
    }

    Result<ReplayInputs> bind()
    {
        for (NodeIndex node = 0; node < m_policy.nodeCount(); ++node) {
            if (m_policy.step(node).role == NodeRole::Model) {
                if (auto bound = bindModel(m_policy.step(node).model); !bound)
                    return tl::unexpected(bound.error());
            }
        }
        for (NodeIndex node = 0; node < m_policy.nodeCount(); ++node) {
            auto bound = m_policy.step(node).role == NodeRole::Router ? bindRouter(node)
                         : m_policy.step(node).role == NodeRole::Gate ? bindGate(node)
                                                                      : Result<>();
            if (!bound)
                return tl::unexpected(bound.error());
        }
        return std::move(m_inputs);
    }

private:
    Result<> bindModel(ModelIndex index)
    {
        if (m_inputs.models[size_t(index)])
            return {};
        const policy::Model &model = m_policy.model(index);
        const qsizetype column = columnOf(m_table, model);
        if (column < 0)
            return fail(ErrorCode::NotFound,
                        Texts::tr("The outcomes hold no model “%1”. They hold: %2.")
                            .arg(model.name, listed(m_table)));
        m_inputs.models[size_t(index)] = &m_table.models[size_t(column)];
        m_inputs.latency[size_t(index)] = m_table.models[size_t(column)].latencyNanos();
        return {};
    }

    Result<> bindRouter(NodeIndex node)
    {
        auto ports = routerPorts(*m_prepared.router(node),
                                 policy::displayName(m_policy.node(node)),
                                 m_policy.document().models, m_table, m_stop);
        if (!ports)
            return tl::unexpected(std::move(ports).error());
        m_inputs.ports[size_t(node)] = std::move(*ports);
        return {};
    }

    Result<> bindGate(NodeIndex node)
    {
        auto &columns = m_inputs.scores[size_t(node)];
        columns.resize(size_t(m_policy.modelCount()));
        const ScorerNeeds needs = needsOf(m_policy.node(node));
        for (ModelIndex model = 0; model < m_policy.modelCount(); ++model) {
            if (!m_judged[size_t(node)][size_t(model)])
                continue;
            auto column = columnFor(node, model, needs);
            if (!column)
                return tl::unexpected(column.error());
            columns[size_t(model)] = *column;
        }
        return {};
    }

    // Gates with the same scorers share their columns.
    Result<std::shared_ptr<const ScoreColumn>> columnFor(NodeIndex node, ModelIndex model,
                                                         const ScorerNeeds &needs)
    {
        std::shared_ptr<const ScoreColumn> &kept = m_known[{m_prepared.scorersMark(node), model}];
        if (kept)
            return kept;
        const auto replies = repliesFor(node, model);
        if (!replies)
            return tl::unexpected(replies.error());
        const ModelColumns &outcomes = *m_inputs.models[size_t(model)];
        if (needs.text && outcomes.answers.size() != m_table.rows)
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("“%1” judges the text of answers, and the outcomes of “%2” were "
                                  "read without it.")
                            .arg(policy::displayName(m_policy.node(node)), outcomes.name));
        if (needs.confidence && outcomes.confidence.empty())
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("“%1” judges by log-probabilities, and the outcomes hold no "
                                  "confidence of “%2”.")
                            .arg(policy::displayName(m_policy.node(node)), outcomes.name));
        auto column = std::make_shared<ScoreColumn>();
        if (needs.confidence)
            column->cost = outcomes.checkCost;
        column->score.reserve(size_t(m_table.rows));
        for (qint32 row = 0; row < m_table.rows; ++row) {
            if (m_stop.stop_requested())
                return stopped();
            column->score.push_back(scoreAt(node, model, needs, *replies, row));
        }
        replies->bookInto(*column);
        return kept = column;
    }

    // What the gate's scorers ask about an answer of the model, where the outcomes hold it.
    Result<RecordedReplies> repliesFor(NodeIndex node, ModelIndex model)
    {
        RecordedReplies replies(m_table);
        if (m_table.rows == 0)
            return replies;
        const policy::Query query = readQuery(0);
        scorers::ScoredAnswer answer;
        answer.model = m_policy.model(model).name;
        for (const scorers::Question &question :
             m_prepared.scorer(node)->questions(query, answer)) {
            const ModelIndex asked = m_policy.modelIndex(question.model);
            const bool sameAsked =
                asked >= 0 && question.messages == query.messages && question.parameters.empty();
            if (!sameAsked)
                return fail(ErrorCode::Unavailable,
                            Texts::tr("“%1” asks “%2” about every answer, which a replay does not, "
                                      "and the outcomes hold no such replies. Ask the policy live, "
                                      "or let the gate judge by what is recorded.")
                                .arg(policy::displayName(m_policy.node(node)), question.model));
            if (auto bound = bindModel(asked); !bound)
                return tl::unexpected(bound.error());
            const ModelColumns &recorded = *m_inputs.models[size_t(asked)];
            if (recorded.answers.size() != m_table.rows)
                return fail(ErrorCode::InvalidInput,
                            Texts::tr("“%1” compares with the answers of “%2”, whose outcomes were "
                                      "read without their texts.")
                                .arg(policy::displayName(m_policy.node(node)), recorded.name));
            replies.add(recorded, m_inputs.latency[size_t(asked)]);
        }
        return replies;
    }

    double scoreAt(NodeIndex node, ModelIndex model, const ScorerNeeds &needs,
                   const RecordedReplies &replies, qint32 row) const
    {
        const ModelColumns &outcomes = *m_inputs.models[size_t(model)];
        constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
        scorers::ScoredAnswer answer;
        answer.finishReason = u"stop"_s;
        answer.model = m_policy.model(model).name;
        answer.explained = false;
        if (needs.text)
            answer.text = QString::fromUtf8(outcomes.answers.at(row));
        if (needs.confidence && !std::isnan(outcomes.confidence[size_t(row)]))
            answer.tokenLogProbabilities = {double(outcomes.confidence[size_t(row)])};
        const policy::Query query = needs.text ? readQuery(row) : policy::Query();
        const auto outcome = m_prepared.scorer(node)->judge(query, answer, replies.at(row));
        return outcome ? outcome->score : kNone;
    }

    // Without messages where the prompts were not read.
    policy::Query readQuery(qint32 row) const
    {
        return m_table.prompts.size() == m_table.rows ? queryOf(m_table, row) : policy::Query();
    }

    static tl::unexpected<Error> stopped()
    {
        return fail(ErrorCode::Cancelled, Texts::tr("The replay was stopped."));
    }

    const engine::PreparedPolicy &m_prepared;
    const CompiledPolicy &m_policy;
    const OutcomeTable &m_table;
    std::stop_token m_stop;
    std::vector<std::vector<bool>> m_judged; // by node and model
    ReplayInputs m_inputs;
    QMap<std::pair<QString, ModelIndex>, std::shared_ptr<const ScoreColumn>> m_known;
};

} // namespace

policy::Query queryOf(const OutcomeTable &table, qint32 row)
{
    policy::Query query;
    const QString prompt = QString::fromUtf8(table.prompts.at(row));
    query.messages = {{.role = Message::Role::User, .text = prompt}};
    query.estimatedTokens = text::estimateTokens(prompt);
    query.seed = quint64(row);
    return query;
}

Result<ReplayInputs> bindReplay(const engine::PreparedPolicy &policy, const OutcomeTable &table,
                                std::stop_token stop)
{
    return Binder(policy, table, std::move(stop)).bind();
}

} // namespace headgate::evaluation
