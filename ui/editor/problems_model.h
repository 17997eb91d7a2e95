#pragma once

#include "core/policy/policy_validation.h"

#include <QAbstractListModel>

namespace headgate::ui {

// Problems as rows: a sentence, where it is, how bad it is, and the words of its mend. Three and
// more of one kind are one row with their number.
class ProblemsModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        SeverityRole = Qt::UserRole,
        NodeRole,  // of the first one
        WhereRole, // its node's name, and the port
        MendRole,  // empty for none
        OtherMendRole, // of a second way; empty for none
        CountRole
    };

    using QAbstractListModel::QAbstractListModel;
    // Leaves rows alone that say the same as before.
    void setProblems(const QList<policy::Problem> &problems,
                     const policy::PolicyDocument &document);
    const QList<policy::Problem> &problems(int row) const { return m_rows[row].problems; }
    // Problems may have two ways to be mended.
    using Way = std::optional<policy::Mend> policy::Problem::*;
    // The document with all mends of a row applied.
    policy::PolicyDocument mended(int row, const policy::PolicyDocument &document,
                                  Way way = &policy::Problem::mend) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Row
    {
        QList<policy::Problem> problems; // at least one, all of one code
        QString where;
    };

    QString sentence(const Row &row) const;
    QString mendLabel(const Row &row, Way way) const;

    QList<Row> m_rows;
};

} // namespace headgate::ui
