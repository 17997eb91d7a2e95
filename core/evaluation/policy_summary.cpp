#include "core/evaluation/policy_summary.h"

#include "core/evaluation/texts.h"

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

namespace {

bool isKnown(const ReplayResult &result, size_t place)
{
    return result.end[place] != ReplayEnd::Missing;
}

// What is known of some queries, as the metrics read it.
struct Figures
{
    std::vector<float> quality;
    std::vector<qint64> cost;
    std::vector<qint64> latency;
};

class Summarizer
{
public:
    Summarizer(const policy::CompiledPolicy &policy, const ReplayInputs &inputs,
               const ReplayResult &result, const SummaryOptions &options)
        : m_policy(policy)
        , m_table(*inputs.table)
        , m_result(result)
        , m_routed(routedRows(result, inputs))
        , m_options(options)
    {
    }

    PolicySummary summarize()
    {
        count();
        sumUpFigures();
        sumUpModels();
        sumUpGates();
        if (m_options.baseline >= 0)
            compareWithBaseline();
        m_summary.regret = regretOf(m_table, m_routed);
        return std::move(m_summary);
    }

private:
    void count()
    {
        m_summary.missing = m_result.count(ReplayEnd::Missing);
        m_summary.failed = m_result.count(ReplayEnd::Failed);
        m_summary.limited = m_result.count(ReplayEnd::Limited);
        for (size_t place = 0; place < m_result.rows.size(); ++place) {
            if (!isKnown(m_result, place))
                continue;
            ++m_summary.n;
            m_summary.costUnknown += m_result.cost[place] < 0;
            m_summary.latencyUnknown += m_result.latency[place] < 0;
        }
    }

    void sumUpFigures()
    {
        Figures known;
        for (size_t place = 0; place < m_result.rows.size(); ++place) {
            if (!isKnown(m_result, place))
                continue;
            known.quality.push_back(m_result.quality[place]);
            known.cost.push_back(m_result.cost[place]);
            known.latency.push_back(m_result.latency[place]);
        }
        m_summary.quality = meanQuality(known.quality, m_options.bootstrap);
        if (m_summary.costUnknown == 0)
            m_summary.costPer1k = costUsdPer1k(known.cost, m_options.bootstrap);
        if (m_summary.latencyUnknown == 0)
            m_summary.latencyMs = latencyMs(known.latency, m_options.bootstrap);
    }

    void sumUpModels()
    {
        std::vector<qint32> answered;
        for (size_t place = 0; place < m_result.rows.size(); ++place) {
            if (isKnown(m_result, place))
                answered.push_back(m_result.model[place]);
        }
        const auto shares = modelShares(answered, m_policy.modelCount(), m_options.bootstrap);
        for (size_t model = 0; model < shares.size(); ++model) {
            if (m_result.calls[model] > 0)
                m_summary.models.push_back(
                    {policy::ModelIndex(model), m_result.calls[model], shares[model]});
        }
    }

    void sumUpGates()
    {
        for (policy::NodeIndex node = 0; node < m_policy.nodeCount(); ++node) {
            if (m_policy.step(node).role != policy::NodeRole::Gate)
                continue;
            const std::vector<qint64> &taken = m_result.taken[size_t(node)];
            const qint64 escalated = taken[policy::kEscalatePort];
            const qint64 accepted = taken[policy::kAcceptPort];
            if (accepted + escalated > 0)
                m_summary.gates.push_back(
                    {node, escalationRate(escalated, accepted, m_options.bootstrap)});
        }
    }

    void compareWithBaseline()
    {
        const RoutedRows baseline = routedRows(m_table, m_routed.rows, m_options.baseline);
        const PairedComparison paired = comparePaired(m_routed, baseline, m_options.bootstrap);
        if (paired.n > 0)
            m_summary.baseline = {m_table.models[size_t(m_options.baseline)].name, paired};
    }

    const policy::CompiledPolicy &m_policy;
    const OutcomeTable &m_table;
    const ReplayResult &m_result;
    const RoutedRows m_routed;
    const SummaryOptions &m_options;
    PolicySummary m_summary;
};

} // namespace

Result<PolicySummary> summarizePolicy(const policy::CompiledPolicy &policy,
                                      const ReplayInputs &inputs, const ReplayResult &result,
                                      const SummaryOptions &options)
{
    if (result.rows.empty())
        return fail(ErrorCode::NotFound, Texts::tr("This part of the outcomes holds no prompts."));
    if (result.count(ReplayEnd::Missing) == qint64(result.rows.size()))
        return fail(ErrorCode::NotFound,
                    Texts::tr("The models that the policy would ask have no outcome on any of "
                              "these prompts."));
    return Summarizer(policy, inputs, result, options).summarize();
}

Result<PolicySummary> evaluatePolicy(const engine::PreparedPolicy &policy,
                                     const OutcomeTable &table, std::span<const qint32> rows,
                                     const SummaryOptions &options, std::stop_token stop)
{
    const auto inputs = bindReplay(policy, table, std::move(stop));
    if (!inputs)
        return tl::unexpected(inputs.error());
    const ReplayResult result = replay(policy.compiled(), *inputs, rows);
    return summarizePolicy(policy.compiled(), *inputs, result, options);
}

Result<qsizetype> baselineColumn(const policy::PolicyDocument &policy, const OutcomeTable &table,
                                 const QString &named)
{
    const QString name = named.isEmpty() ? policy.baseline : named;
    if (name.isEmpty())
        return -1;
    qsizetype column = table.modelIndex(name);
    if (const policy::Model *model = policy.model(name); column < 0 && model)
        column = table.modelIndex(model->model);
    if (column < 0 && !named.isEmpty())
        return fail(ErrorCode::NotFound,
                    Texts::tr("The outcomes hold no model “%1” to compare with.").arg(named));
    return column;
}

} // namespace headgate::evaluation
