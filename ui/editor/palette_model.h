#pragma once

#include "core/policy/node_kind.h"

#include <QSortFilterProxyModel>
#include <QStandardItemModel>

namespace headgate::ui {

class Theme;

// What a drag from the palette carries: the kind's id as UTF-8.
QString kindMimeType();

// All kinds of nodes, below their groups or as one flat list.
class PaletteModel final : public QStandardItemModel
{
    Q_OBJECT
public:
    enum class Shape { Grouped, Flat };
    enum Role { KindRole = Qt::UserRole, SearchRole }; // SearchRole: name, description, tags

    PaletteModel(const Theme &theme, Shape shape, QObject *parent = nullptr);

    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
};

// Rows whose name, description or tags hold every word of the search; in a flat list those whose
// name begins with it come first.
class PaletteFilter final : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    using Accept = std::function<bool(const policy::NodeKind &)>;

    explicit PaletteFilter(QObject *parent = nullptr);
    void setSearch(const QString &search);
    void setAccept(Accept accept); // kinds that may be offered at all; none: all

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    int rank(const QModelIndex &index) const;

    QStringList m_words;
    QString m_search;
    Accept m_accept;
};

} // namespace headgate::ui
