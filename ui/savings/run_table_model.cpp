#include "ui/savings/run_table_model.h"

#include "ui/common/number_format.h"

#include <QLocale>

#include <limits>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

std::optional<Money> savingOf(const ledger::RunSummary &run)
{
    return run.baselineCost ? std::optional(*run.baselineCost - run.cost) : std::nullopt;
}

// What the run cost is at least this much where a price is not known.
QString costText(const ledger::RunSummary &run)
{
    if (run.unknownPrices == 0)
        return formatMoney(run.cost);
    return run.cost.nanos() == 0 ? formatMoney(std::optional<Money>())
                                 : RunTableModel::tr("%1 + unknown").arg(formatMoney(run.cost));
}

// What rests on an estimate of the baseline's tokens says so.
QString savedText(const ledger::RunSummary &run)
{
    const QString text = formatDifference(savingOf(run));
    return run.baselineCost && run.baselineEstimated
               ? RunTableModel::tr("≈ %1", "an estimate").arg(text)
               : text;
}

QString answeredBy(const ledger::RunSummary &run)
{
    switch (run.status) {
    case engine::RunStatus::Answered:
        return run.answeringModel;
    case engine::RunStatus::LimitedAnswer:
        return RunTableModel::tr("%1, at a limit").arg(run.answeringModel);
    case engine::RunStatus::Failed:
        return RunTableModel::tr("failed");
    case engine::RunStatus::Cancelled:
        return RunTableModel::tr("stopped");
    }
    Q_UNREACHABLE();
}

} // namespace

void RunTableModel::setRuns(QList<ledger::RunSummary> runs)
{
    beginResetModel();
    m_runs = std::move(runs);
    endResetModel();
}

int RunTableModel::rowOf(const QString &id) const
{
    for (qsizetype row = 0; row < m_runs.size(); ++row) {
        if (m_runs[row].id == id)
            return int(row);
    }
    return -1;
}

int RunTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_runs.size());
}

int RunTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RunTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ledger::RunSummary &run = m_runs[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return text(run, index.column());
    case Qt::ToolTipRole:
        return toolTip(run);
    case SortRole:
        return sortValue(run, index.column());
    case IdRole:
        return run.id;
    case LossRole:
        return savingOf(run).value_or(Money()).nanos() < 0;
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(
            (index.column() >= ScoreColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    default:
        return {};
    }
}

QString RunTableModel::text(const ledger::RunSummary &run, int column) const
{
    switch (column) {
    case TimeColumn:
        return QLocale().toString(run.startedAt.toLocalTime(), u"d MMM HH:mm:ss"_s);
    case PathColumn:
        return run.path;
    case ModelColumn:
        return answeredBy(run);
    case ScoreColumn:
        return run.score ? QLocale().toString(*run.score, 'f', 2) : tr("–", "no score");
    case LatencyColumn:
        return formatDuration(run.latency);
    case CostColumn:
        return costText(run);
    case SavedColumn:
        // A price that is not known leaves the saving unknown, too.
        return run.unknownPrices > 0 ? formatDifference(std::optional<Money>()) : savedText(run);
    default:
        return {};
    }
}

QVariant RunTableModel::sortValue(const ledger::RunSummary &run, int column) const
{
    switch (column) {
    case TimeColumn:
        return run.startedAt;
    case ScoreColumn:
        return run.score.value_or(-1);
    case LatencyColumn:
        return qint64(run.latency.count());
    case CostColumn:
        return run.cost.nanos();
    case SavedColumn: {
        const auto saving = savingOf(run);
        return saving ? saving->nanos() : std::numeric_limits<qint64>::min();
    }
    default:
        return text(run, column);
    }
}

QString RunTableModel::toolTip(const ledger::RunSummary &run) const
{
    QStringList lines{run.path};
    if (!run.prompt.isEmpty())
        lines.append(run.prompt.left(300));
    lines.append(tr("Policy %1, version %2").arg(run.policyName, run.policyVersion));
    if (run.baselineCost) {
        const QString amount = formatMoney(*run.baselineCost);
        lines.append(run.baselineEstimated ? tr("Baseline %1, estimated").arg(amount)
                                           : tr("Baseline %1, measured").arg(amount));
    }
    return lines.join(u'\n');
}

QVariant RunTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(
            (section >= ScoreColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("When");
    case PathColumn:
        return tr("Path");
    case ModelColumn:
        return tr("Answered by");
    case ScoreColumn:
        return tr("Score");
    case LatencyColumn:
        return tr("Latency");
    case CostColumn:
        return tr("Cost");
    case SavedColumn:
        return tr("Saved");
    default:
        return {};
    }
}

} // namespace headgate::ui
