#pragma once

#include "core/policy/node_kind.h"

#include <QSortFilterProxyModel>
#include <QStandardItemModel>

namespace headgate::ui {

class KindUsage;
class Theme;

// What a drag from the palette carries: the kind's id as UTF-8.
QString kindMimeType();

// All kinds of nodes, below their groups (the favourites in a group of their own on top, too) or
// as one flat list.
class PaletteModel final : public QStandardItemModel
{
    Q_OBJECT
public:
    enum class Shape { Grouped, Flat };
    enum Role { KindRole = Qt::UserRole, SearchRole }; // SearchRole: name, description, tags

    // Without a usage there are no favourites. Theme and usage outlive it.
    PaletteModel(const Theme &theme, Shape shape, QObject *parent = nullptr,
                 const KindUsage *usage = nullptr);

    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;

private:
    void fill();
    QStandardItem *makeItem(const policy::NodeKind &kind) const;
    void addGroup(const QString &label, const QList<const policy::NodeKind *> &kinds);

    const Theme &m_theme;
    Shape m_shape;
    const KindUsage *m_usage = nullptr;
};

// Rows whose name, description or tags hold every word of the search; in a flat list those whose
// name begins with it come first, then favourites and what was used last.
class PaletteFilter final : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    using Accept = std::function<bool(const policy::NodeKind &)>;

    explicit PaletteFilter(QObject *parent = nullptr);
    void setSearch(const QString &search);
    void setAccept(Accept accept); // kinds that may be offered at all; none: all
    void setUsage(const KindUsage *usage) { m_usage = usage; } // outlives the filter

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    int rank(const QModelIndex &index) const;
    int usageRank(const QModelIndex &index) const;

    QStringList m_words;
    QString m_search;
    Accept m_accept;
    const KindUsage *m_usage = nullptr;
};

} // namespace headgate::ui
