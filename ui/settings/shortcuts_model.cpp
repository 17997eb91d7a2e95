#include "ui/settings/shortcuts_model.h"

#include "ui/common/shortcuts.h"

#include <QFont>

namespace headgate::ui {

ShortcutsModel::ShortcutsModel(Shortcuts &shortcuts, QObject *parent)
    : QAbstractTableModel(parent)
    , m_shortcuts(shortcuts)
{
    connect(&shortcuts, &Shortcuts::changed, this,
            [this] { Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1)); });
}

int ShortcutsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shortcuts.entries().size());
}

int ShortcutsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant ShortcutsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Shortcuts::Entry &entry = m_shortcuts.entries()[index.row()];
    const bool changed = m_shortcuts.isChanged(entry.id);
    if (role == IdRole)
        return entry.id;
    if (role == ChangedRole)
        return changed;
    if (role == Qt::FontRole && changed && index.column() == KeysColumn) {
        QFont font;
        font.setWeight(QFont::DemiBold);
        return font;
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case ActionColumn:
        return entry.text;
    case SectionColumn:
        return entry.section;
    case KeysColumn:
        return QKeySequence::listToString(m_shortcuts.keys(entry.id), QKeySequence::NativeText);
    default:
        return {};
    }
}

QVariant ShortcutsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case ActionColumn:
        return tr("Action");
    case SectionColumn:
        return tr("Menu");
    case KeysColumn:
        return tr("Keys");
    default:
        return {};
    }
}

} // namespace headgate::ui
