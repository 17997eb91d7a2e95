#include "ui/editor/problems_model.h"

namespace headgate::ui {

void ProblemsModel::setProblems(const QList<policy::Problem> &problems)
{
    beginResetModel();
    m_problems = problems;
    endResetModel();
}

int ProblemsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_problems.size());
}

QVariant ProblemsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const policy::Problem &problem = m_problems[index.row()];
    const bool error = problem.severity == policy::Problem::Severity::Error;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return problem.sentence;
    case Qt::AccessibleTextRole:
        return (error ? tr("Error: %1") : tr("Warning: %1")).arg(problem.sentence);
    case SeverityRole:
        return int(problem.severity);
    case NodeRole:
        return problem.node.value;
    case MendRole:
        return problem.mend ? problem.mend->label : QString();
    default:
        return {};
    }
}

} // namespace headgate::ui
