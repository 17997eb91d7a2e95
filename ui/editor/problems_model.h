#pragma once

#include "core/policy/policy_validation.h"

#include <QAbstractListModel>

namespace headgate::ui {

// Problems as rows: a sentence, where it is, how bad it is, and the words of its mend.
class ProblemsModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { SeverityRole = Qt::UserRole, NodeRole, MendRole }; // MendRole: empty for none

    using QAbstractListModel::QAbstractListModel;
    void setProblems(const QList<policy::Problem> &problems);
    const policy::Problem &problem(int row) const { return m_problems[row]; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<policy::Problem> m_problems;
};

} // namespace headgate::ui
