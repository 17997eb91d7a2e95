#pragma once

#include "ui/common/command.h"

#include <QAbstractListModel>

namespace headgate::ui {

// The commands that fit a search, best first: by how the title fits, then the recent ones, then in
// the order of their sources.
class CommandModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { SectionRole = Qt::UserRole, DetailRole, ShortcutRole };

    using QAbstractListModel::QAbstractListModel;
    // `recent`: ids, newest first.
    void setSources(const QList<CommandSource> &sources, bool actionsOnly,
                    const QStringList &recent);
    void setSearch(const QString &search);
    const Command &command(int row) const { return m_entries[m_shown[row]].command; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Entry
    {
        Command command;
        QString section;
        qsizetype age = 0; // 0: the last one used
    };

    std::optional<int> score(const Entry &entry, const QString &search) const;

    QList<Entry> m_entries;
    QList<qsizetype> m_shown; // indexes of entries
};

} // namespace headgate::ui
