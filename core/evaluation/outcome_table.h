#pragma once

#include "core/common/money.h"
#include "core/evaluation/prompt_split.h"

#include <QByteArray>
#include <QStringList>

#include <limits>
#include <vector>

namespace headgate::evaluation {

// Stands for a figure that was not measured: it is never taken for zero.
inline constexpr qint64 kNoCost = -1;
inline constexpr qint32 kNoTokens = -1;
inline constexpr float kNotMeasured = std::numeric_limits<float>::quiet_NaN();

// Texts, one a row, in one block of UTF-8.
class TextColumn
{
public:
    void append(QByteArrayView text);
    void reserve(qsizetype rows) { m_ends.reserve(size_t(rows)); }
    QByteArrayView at(qsizetype row) const;
    qsizetype size() const { return qsizetype(m_ends.size()); }
    qint64 bytes() const { return m_text.size() + qint64(m_ends.size() * sizeof(qint64)); }

private:
    QByteArray m_text;
    std::vector<qint64> m_ends;
};

// What one model did on every prompt: columns as long as the table, or empty where no prompt has
// the figure. Row for row with OutcomeTable.
struct ModelColumns
{
    QString name;
    std::vector<float> quality;    // in [0, 1]; NaN: the model has no outcome on this prompt
    std::vector<qint64> cost;      // nano-dollars of the answer; kNoCost
    std::vector<qint64> checkCost; // nano-dollars of the call that produced the confidence; kNoCost
    std::vector<float> confidence; // natural log, at most 0, higher is surer; NaN: none
    std::vector<float> latencyMs;  // NaN: not measured
    std::vector<qint32> inTokens;  // kNoTokens
    std::vector<qint32> outTokens; // kNoTokens
    TextColumn answers;            // empty where they were not asked for

    bool answered(qsizetype row) const { return quality[size_t(row)] == quality[size_t(row)]; }
    // Of the answer alone, and with the call that produced its confidence; kNoCost: not measured.
    qint64 costAt(qsizetype row) const { return cost.empty() ? kNoCost : cost[size_t(row)]; }
    // Takes this for the cost of every answer whose cost was not measured.
    void putMissingCosts(Money costPerCall);
    // Nanoseconds by row, -1: not measured; empty where no row has it.
    std::vector<qint64> latencyNanos() const;
    qint64 checkCostAt(qsizetype row) const
    {
        return checkCost.empty() ? kNoCost : checkCost[size_t(row)];
    }
};

// Outcomes of prompts x models, in columns: what replay, metrics, training and the optimiser read.
struct OutcomeTable
{
    qsizetype rows = 0;
    TextColumn ids;
    TextColumn prompts;
    QStringList subsets;        // names of subjects or tasks
    std::vector<qint32> subset; // of each row, an index into `subsets`; -1: none
    QStringList labels;         // where prompts belong, as the file says: "hard", or "coding"
    std::vector<qint32> label;  // of each row, an index into `labels`; -1: none
    std::vector<Part> part;     // of each row
    std::vector<ModelColumns> models;

    qsizetype modelIndex(const QString &name) const; // -1: none
    // An index into `labels`; -1: none.
    qint32 labelAt(qsizetype row) const { return label.empty() ? -1 : label[size_t(row)]; }
    // The rows of one part, or all of them.
    std::vector<qint32> rowsOf(Part wanted) const;
    std::vector<qint32> allRows() const;
    // How many of these rows have no outcome of this model.
    qsizetype missing(qsizetype model, const std::vector<qint32> &of) const;
};

} // namespace headgate::evaluation
