#include "core/evaluation/recording/recording_estimate.h"

#include "core/engine/call_cost.h"
#include "core/evaluation/recording/content_address.h"
#include "core/evaluation/texts.h"
#include "core/text/token_estimate.h"

namespace headgate::evaluation {

namespace {

constexpr qsizetype kItemsEstimated = 512; // at a time

void addTo(std::optional<Money> &sum, const std::optional<Money> &amount)
{
    if (sum && amount)
        *sum += *amount;
    else
        sum.reset();
}

class Estimator
{
public:
    Estimator(const RecordingPlan &plan, const engine::CallCost &costs)
        : m_plan(plan)
        , m_costs(costs)
    {
        m_estimate.likely = Money();
        for (const policy::Model &model : plan.models)
            m_estimate.models.append(
                {.model = model.name, .least = Money(), .likely = Money(), .most = Money()});
    }

    Result<> readUsualLengths(const DatasetStore &store)
    {
        for (const policy::Model &model : m_plan.models) {
            const auto length = store.usualAnswerTokens(m_plan.dataset, markOf(model));
            if (!length)
                return tl::unexpected(length.error());
            m_usualLength.append(*length);
        }
        return {};
    }

    void add(const RecordingItem &item)
    {
        m_estimate.verdicts += m_plan.judge ? 1 : 0;
        if (item.answered) {
            ++m_estimate.reused;
            return;
        }
        const policy::Model &model = m_plan.models.at(item.model);
        ModelEstimate &estimate = m_estimate.models[item.model];
        const qint64 tokens = text::estimateTokens(item.messages);
        ++estimate.calls;
        estimate.inputTokens += tokens;
        addTo(estimate.least, m_costs.costAt(model, {.freshInput = tokens}));
        addTo(estimate.most, m_costs.worstCase(model, tokens));
        const auto length = m_usualLength.at(item.model);
        addTo(estimate.likely,
              length ? m_costs.costAt(model, {.freshInput = tokens, .output = *length})
                     : std::nullopt);
    }

    RecordingEstimate finish(const UsualTime &usualTime)
    {
        std::optional<std::chrono::milliseconds> work(0);
        for (qsizetype i = 0; i < m_plan.models.size(); ++i) {
            const ModelEstimate &model = m_estimate.models.at(i);
            if (model.calls == 0)
                continue;
            m_estimate.calls += model.calls;
            addCosts(model);
            const auto usual = usualTime ? usualTime(m_plan.models.at(i)) : std::nullopt;
            if (work && usual)
                *work += *usual * model.calls;
            else
                work.reset();
        }
        if (work)
            m_estimate.duration = *work / std::max(1, m_plan.concurrency);
        return std::move(m_estimate);
    }

private:
    void addCosts(const ModelEstimate &model)
    {
        if (!model.least || !model.most) {
            m_estimate.unpriced.append(model.model);
            return;
        }
        m_estimate.least += *model.least;
        m_estimate.most += *model.most;
        addTo(m_estimate.likely, model.likely);
    }

    const RecordingPlan &m_plan; // both outlive me
    const engine::CallCost &m_costs;
    QList<std::optional<qint64>> m_usualLength; // tokens, by model
    RecordingEstimate m_estimate;
};

} // namespace

Result<RecordingEstimate> estimateRecording(DatasetStore &store, const RecordingPlan &plan,
                                            const catalog::ModelCatalog &catalog, QDate today,
                                            const UsualTime &usualTime, std::stop_token stop)
{
    const auto summary = store.dataset(plan.dataset);
    if (!summary)
        return tl::unexpected(summary.error());
    const engine::CallCost costs(catalog, today);
    Estimator estimator(plan, costs);
    if (auto read = estimator.readUsualLengths(store); !read)
        return tl::unexpected(std::move(read.error()));
    RecordingWork work(store, plan, !summary->grader.empty());
    for (;;) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, Texts::tr("The estimate was stopped."));
        const auto items = work.next(kItemsEstimated);
        if (!items)
            return tl::unexpected(items.error());
        for (const RecordingItem &item : *items)
            estimator.add(item);
        if (items->size() < kItemsEstimated)
            return estimator.finish(usualTime);
    }
}

} // namespace headgate::evaluation
