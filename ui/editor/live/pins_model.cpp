#include "ui/editor/live/pins_model.h"

using namespace Qt::StringLiterals;

namespace headgate::ui {

using PinState = engine::PinOutcome::State;

namespace {

QString pathOf(const policy::RoutePin &pin, const QHash<policy::NodeId, QString> &titles)
{
    QStringList parts;
    for (const policy::PinnedStep &step : pin.path)
        parts.append(titles.value(step.node, step.node.value));
    return parts.join(u" › "_s);
}

QString stateName(const std::optional<engine::PinOutcome> &outcome)
{
    if (!outcome)
        return PinsModel::tr("not checked yet");
    switch (outcome->state) {
    case PinState::Holds:
        return PinsModel::tr("holds");
    case PinState::Broken:
        return PinsModel::tr("broken");
    case PinState::Unknown:
        return PinsModel::tr("cannot be told");
    }
    Q_UNREACHABLE();
}

} // namespace

void PinsModel::setPins(const QList<policy::RoutePin> &pins,
                        const QList<engine::PinOutcome> &outcomes,
                        const QHash<policy::NodeId, QString> &titles)
{
    QHash<QString, engine::PinOutcome> byId;
    for (const engine::PinOutcome &outcome : outcomes)
        byId.insert(outcome.pin, outcome);
    beginResetModel();
    m_rows.clear();
    for (const policy::RoutePin &pin : pins) {
        Row row{pin.id, pin.name, pathOf(pin, titles), {}};
        if (const auto found = byId.constFind(pin.id); found != byId.cend())
            row.outcome = *found;
        m_rows.append(row);
    }
    endResetModel();
}

int PinsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant PinsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[index.row()];
    const QString detail =
        row.outcome && !row.outcome->sentence.isEmpty() ? row.outcome->sentence : row.path;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return row.name;
    case Qt::ToolTipRole:
        return row.path;
    case Qt::AccessibleTextRole:
        return tr("%1, %2: %3", "pin, state, detail").arg(row.name, stateName(row.outcome), detail);
    case IdRole:
        return row.id;
    case StateRole:
        return row.outcome ? QVariant(int(row.outcome->state)) : QVariant();
    case DetailRole:
        return detail;
    case NodeRole:
        return row.outcome ? row.outcome->node.value : QString();
    default:
        return {};
    }
}

Qt::ItemFlags PinsModel::flags(const QModelIndex &index) const
{
    return QAbstractListModel::flags(index) | Qt::ItemIsEditable;
}

// The document changes by a command; the row follows it.
bool PinsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    Q_EMIT renameRequested(m_rows[index.row()].id, value.toString());
    return true;
}

} // namespace headgate::ui
