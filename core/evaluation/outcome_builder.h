#pragma once

#include "core/evaluation/outcome_table.h"

#include <QHash>
#include <QString>

#include <optional>

namespace headgate::evaluation {

// What is known of one model on one prompt; what was not measured is absent.
struct Outcome
{
    std::optional<double> quality{};    // in [0, 1]
    std::optional<Money> cost{};        // of the answer
    std::optional<Money> checkCost{};   // of the call that produced the confidence
    std::optional<double> confidence{}; // natural log, at most 0
    std::optional<double> latencyMs{};
    std::optional<qint64> inTokens{};
    std::optional<qint64> outTokens{};
    QByteArrayView answer{}; // UTF-8
};

// What of an outcome cannot be, as a part of a sentence; empty where all can.
QString complaintOf(const Outcome &outcome);

// Which texts a table holds: they are most of its memory.
struct KeptTexts
{
    bool prompts = true;
    bool answers = false;
};

// Fills a table row by row. A model may appear late: the rows before have no outcome of it.
class OutcomeBuilder
{
public:
    explicit OutcomeBuilder(KeptTexts keep = {})
        : m_keep(keep)
    {
    }

    // Begins the next row. The error says that the id was there before, and in which row.
    [[nodiscard]] Result<> addRow(QByteArrayView id, QByteArrayView prompt, QByteArrayView subset,
                                  QByteArrayView label = {});
    // Puts the outcome into the row begun last. The error tells what of it cannot be.
    [[nodiscard]] Result<> add(QByteArrayView model, const Outcome &outcome);

    qsizetype rows() const { return m_table.rows; }
    OutcomeTable take();

private:
    ModelColumns &columnsOf(QByteArrayView model);
    void fill(ModelColumns &columns, qsizetype rows) const;

    KeptTexts m_keep;
    OutcomeTable m_table;
    QHash<QByteArray, qint32> m_rowOfId;
    QHash<QByteArray, qint32> m_subsets;
    QHash<QByteArray, qint32> m_labels;
    QHash<QByteArray, qsizetype> m_models;
    std::vector<QByteArray> m_keys; // the models' names as the rows give them
    size_t m_nextModel = 0; // rows list their models in the same order, so that no hash is needed
};

} // namespace headgate::evaluation
