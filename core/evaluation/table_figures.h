#pragma once

#include "core/evaluation/outcome_table.h"
#include "core/policy/policy_document.h"
#include "core/routers/model_figures.h"

#include <QHash>

namespace headgate::evaluation {

// What the outcomes tell a router of the policy's models before it decides: the cost of a call as a
// line over the prompt's tokens, fitted to all rows, and the median latency. A row's own outcome is
// nothing that one knows beforehand.
class TableFigures final : public routers::ModelFigures
{
public:
    TableFigures(const QList<policy::Model> &models, const OutcomeTable &table);

    // The length of the answer is what the table's answers had.
    std::optional<Money> cost(const QString &model, qint64 inputTokens,
                              qint64 outputTokens) const override;
    std::optional<std::chrono::nanoseconds> latency(const QString &model) const override;

private:
    // Nano-dollars of a call: fixed + perToken x tokens of the prompt, at least the least measured.
    struct CostLine
    {
        double fixed = 0;
        double perToken = 0;
        double least = 0;
    };
    static std::optional<CostLine> costLine(const ModelColumns &model,
                                            const std::vector<qint64> &tokens);

    QHash<QString, CostLine> m_costs; // by the model's name in the policy
    QHash<QString, std::chrono::nanoseconds> m_latencies;
};

// The column of a model: of its name, of its provider's id, or of this id as it was recorded with
// the model's parameters; -1: none.
[[nodiscard]] qsizetype columnOf(const OutcomeTable &table, const policy::Model &model);

} // namespace headgate::evaluation
