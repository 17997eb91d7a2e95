#include "ui/editor/problems_model.h"

#include "core/policy/node_kind.h"

#include <QHash>

namespace headgate::ui {

using policy::Problem;

namespace {

constexpr qsizetype kRepeated = 3;

bool sameProblem(const Problem &a, const Problem &b)
{
    return a.code == b.code && a.node == b.node && a.port == b.port && a.field == b.field &&
           a.severity == b.severity && a.sentence == b.sentence &&
           a.mend.has_value() == b.mend.has_value() &&
           a.otherMend.has_value() == b.otherMend.has_value();
}

QString whereOf(const Problem &problem, const policy::PolicyDocument &document)
{
    const policy::Node *node = document.node(problem.node);
    if (!node)
        return {};
    const QString name = policy::displayName(*node);
    return problem.port.isEmpty() ? name : ProblemsModel::tr("%1 · %2").arg(name, problem.port);
}

} // namespace

void ProblemsModel::setProblems(const QList<Problem> &problems,
                                const policy::PolicyDocument &document)
{
    QHash<QString, qsizetype> counts;
    for (const Problem &problem : problems)
        ++counts[problem.code];
    QList<Row> rows;
    QHash<QString, qsizetype> rowOf;
    for (const Problem &problem : problems) {
        if (const auto row = rowOf.constFind(problem.code); row != rowOf.cend()) {
            rows[*row].problems.append(problem);
            continue;
        }
        if (counts[problem.code] >= kRepeated)
            rowOf.insert(problem.code, rows.size());
        rows.append({{problem}, whereOf(problem, document)});
    }
    const auto same = [](const Row &a, const Row &b) {
        return a.where == b.where &&
               std::equal(a.problems.cbegin(), a.problems.cend(), b.problems.cbegin(),
                          b.problems.cend(), sameProblem);
    };
    if (std::equal(rows.cbegin(), rows.cend(), m_rows.cbegin(), m_rows.cend(), same)) {
        m_rows = rows; // mends are of the document as it is now
        return;
    }
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

policy::PolicyDocument ProblemsModel::mended(int row, const policy::PolicyDocument &document,
                                             Way way) const
{
    policy::PolicyDocument mended = document;
    for (const Problem &problem : m_rows[row].problems) {
        if (problem.*way)
            mended = (problem.*way)->apply(mended);
    }
    return mended;
}

int ProblemsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QString ProblemsModel::sentence(const Row &row) const
{
    const auto more = int(row.problems.size()) - 1;
    const QString first = row.problems.first().sentence;
    return more > 0 ? tr("%1 And %n more of this kind.", nullptr, more).arg(first) : first;
}

QString ProblemsModel::mendLabel(const Row &row, Way way) const
{
    int mends = 0;
    QString label;
    for (const Problem &problem : row.problems) {
        if (!(problem.*way))
            continue;
        label = (problem.*way)->label;
        ++mends;
    }
    return mends > 1 ? tr("%1 (all %n)", nullptr, mends).arg(label) : label;
}

QVariant ProblemsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[index.row()];
    const Problem &problem = row.problems.first();
    const bool error = problem.severity == Problem::Severity::Error;
    switch (role) {
    case Qt::DisplayRole:
        return sentence(row);
    case Qt::ToolTipRole: {
        QStringList all;
        for (const Problem &each : row.problems)
            all.append(each.sentence);
        return all.mid(0, 12).join(u'\n');
    }
    case Qt::AccessibleTextRole:
        return (error ? tr("Error: %1") : tr("Warning: %1")).arg(sentence(row));
    case SeverityRole:
        return int(problem.severity);
    case NodeRole:
        return problem.node.value;
    case WhereRole:
        return row.where;
    case MendRole:
        return mendLabel(row, &Problem::mend);
    case OtherMendRole:
        return mendLabel(row, &Problem::otherMend);
    case CountRole:
        return row.problems.size();
    default:
        return {};
    }
}

} // namespace headgate::ui
