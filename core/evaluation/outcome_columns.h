#pragma once

#include "core/evaluation/outcome_members.h"

#include <QStringList>

#include <vector>

namespace headgate::evaluation {

class RowSource;

// Columns of a CSV file that hold what models did: "models.<name>.quality",
// "models.<name>.cost_usd" and so on, as JSON lines of outcomes are called once they are flattened.
// Columns with other last words are left alone.
class OutcomeColumns
{
public:
    // Where such columns stand: what comes before the first point.
    static const QString &prefix();

    explicit OutcomeColumns(const QStringList &columns);
    bool isEmpty() const { return m_models.empty(); }
    // Those of the row; an empty cell was not measured, and a model without any cell has no
    // outcome. The error is a part of a sentence that names the column, or is the sink's.
    [[nodiscard]] Result<> read(const RowSource &row, const OutcomeSink &sink) const;

private:
    struct Figure
    {
        QString column;
        QByteArray member;
    };
    struct Model
    {
        QByteArray name;
        std::vector<Figure> figures;
    };

    Model &modelOf(const QByteArray &name);

    std::vector<Model> m_models; // in the order of the file
};

} // namespace headgate::evaluation
