#pragma once

#include <QAbstractTableModel>

namespace headgate::ui {

class Shortcuts;

// Every action with the keys that it has now.
class ShortcutsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { ActionColumn, SectionColumn, KeysColumn, ColumnCount };
    enum Role { IdRole = Qt::UserRole, ChangedRole };

    explicit ShortcutsModel(Shortcuts &shortcuts, QObject *parent = nullptr); // outlives it

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    Shortcuts &m_shortcuts;
};

} // namespace headgate::ui
