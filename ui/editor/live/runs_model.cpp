#include "ui/editor/live/runs_model.h"

#include "ui/common/number_format.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

ledger::RunSummary summaryOf(const engine::RunTrace &trace)
{
    ledger::RunSummary run;
    run.id = trace.id;
    run.startedAt = trace.startedAt;
    run.policyName = trace.policyName;
    run.policyVersion = trace.policyVersion;
    run.path = engine::pathText(trace);
    run.prompt = trace.query.prompt();
    run.answeringModel = trace.answeringModel;
    run.status = trace.status;
    run.cost = trace.cost;
    run.latency = trace.latency;
    run.unknownPrices = trace.unknownPrices;
    run.simulated = trace.simulated;
    return run;
}

QString timeText(const QDateTime &at)
{
    const QDateTime local = at.toLocalTime();
    return local.date() == QDate::currentDate() ? QLocale().toString(local.time(), u"HH:mm:ss"_s)
                                                : QLocale().toString(local, u"yyyy-MM-dd HH:mm"_s);
}

QString costText(const ledger::RunSummary &run)
{
    if (run.unknownPrices == 0)
        return formatMoney(run.cost);
    return run.cost == Money() ? RunsModel::tr("unknown")
                               : RunsModel::tr("%1 + unknown").arg(formatMoney(run.cost));
}

QVariant alignmentOf(int column)
{
    const bool figure = column >= RunsModel::CostColumn;
    return QVariant::fromValue(
        Qt::Alignment((figure ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
}

QString pathOf(const ledger::RunSummary &run)
{
    switch (run.status) {
    case engine::RunStatus::Failed:
        return RunsModel::tr("%1 · failed").arg(run.path);
    case engine::RunStatus::Cancelled:
        return RunsModel::tr("%1 · stopped").arg(run.path);
    case engine::RunStatus::Answered:
    case engine::RunStatus::LimitedAnswer:
        break;
    }
    return run.path;
}

} // namespace

void RunsModel::setRuns(const QList<engine::RunTrace> &session,
                        const QList<ledger::RunSummary> &recorded)
{
    beginResetModel();
    m_session = session;
    m_rows.clear();
    QSet<QString> known;
    for (const engine::RunTrace &trace : session) {
        m_rows.append(summaryOf(trace));
        known.insert(trace.id);
    }
    for (const ledger::RunSummary &run : recorded) {
        if (!known.contains(run.id))
            m_rows.append(run);
    }
    endResetModel();
}

const engine::RunTrace *RunsModel::sessionRun(const QString &id) const
{
    const auto it = std::find_if(m_session.cbegin(), m_session.cend(),
                                 [&id](const engine::RunTrace &run) { return run.id == id; });
    return it == m_session.cend() ? nullptr : &*it;
}

int RunsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int RunsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RunsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ledger::RunSummary &run = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return text(run, index.column());
    case Qt::ToolTipRole:
        return index.column() == PathColumn ? pathOf(run) : run.prompt;
    case Qt::TextAlignmentRole:
        return alignmentOf(index.column());
    case IdRole:
        return run.id;
    default:
        return {};
    }
}

QString RunsModel::text(const ledger::RunSummary &run, int column) const
{
    switch (column) {
    case TimeColumn:
        return timeText(run.startedAt);
    case PromptColumn:
        return run.prompt.isEmpty() ? tr("prompt not kept") : run.prompt.simplified();
    case PathColumn:
        return pathOf(run);
    case CostColumn:
        return costText(run);
    case DurationColumn:
        return formatDuration(run.latency);
    default:
        return {};
    }
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return alignmentOf(section);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Started");
    case PromptColumn:
        return tr("Prompt");
    case PathColumn:
        return tr("Path");
    case CostColumn:
        return tr("Cost");
    case DurationColumn:
        return tr("Time");
    default:
        return {};
    }
}

} // namespace headgate::ui
