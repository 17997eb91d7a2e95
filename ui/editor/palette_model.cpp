#include "ui/editor/palette_model.h"

#include "ui/editor/node_look.h"

#include <QMimeData>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

QStandardItem *itemOf(const policy::NodeKind &kind, const Theme &theme)
{
    auto *item = new QStandardItem(kindIcon(kind.id, theme), kind.label);
    item->setEditable(false);
    item->setDropEnabled(false);
    item->setToolTip(kind.help);
    item->setData(kind.id, PaletteModel::KindRole);
    item->setData(QStringList{kind.label, kind.id, kind.help, kind.tags.join(u' ')}.join(u' '),
                  PaletteModel::SearchRole);
    item->setData(kind.help, Qt::AccessibleDescriptionRole);
    return item;
}

} // namespace

QString kindMimeType()
{
    return u"application/x-headgate-kind"_s;
}

PaletteModel::PaletteModel(const Theme &theme, Shape shape, QObject *parent)
    : QStandardItemModel(parent)
{
    using policy::NodeGroup;
    for (const NodeGroup group : {NodeGroup::Route, NodeGroup::Call, NodeGroup::Check,
                                  NodeGroup::Cache, NodeGroup::Note, NodeGroup::Flow}) {
        auto *header = new QStandardItem(groupLabel(group));
        header->setFlags(Qt::ItemIsEnabled);
        for (const policy::NodeKind &kind : policy::nodeKinds()) {
            if (kind.group == group)
                header->appendRow(itemOf(kind, theme));
        }
        if (shape == Shape::Grouped && header->hasChildren()) {
            appendRow(header);
            continue;
        }
        while (header->hasChildren())
            appendRow(header->takeRow(0));
        delete header;
    }
}

QStringList PaletteModel::mimeTypes() const
{
    return {kindMimeType()};
}

QMimeData *PaletteModel::mimeData(const QModelIndexList &indexes) const
{
    const QString kind = indexes.value(0).data(KindRole).toString();
    if (kind.isEmpty())
        return nullptr;
    auto *data = new QMimeData;
    data->setData(kindMimeType(), kind.toUtf8());
    return data;
}

PaletteFilter::PaletteFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setRecursiveFilteringEnabled(true);
    setDynamicSortFilter(true);
}

void PaletteFilter::setSearch(const QString &search)
{
    m_search = search.trimmed();
    m_words = m_search.split(u' ', Qt::SkipEmptyParts);
    invalidate();
}

void PaletteFilter::setAccept(Accept accept)
{
    m_accept = std::move(accept);
    invalidate();
}

bool PaletteFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    const policy::NodeKind *kind = policy::nodeKind(index.data(PaletteModel::KindRole).toString());
    if (!kind)
        return false; // a group shows where one of its kinds does
    const QString text = index.data(PaletteModel::SearchRole).toString();
    return (!m_accept || m_accept(*kind)) &&
           std::all_of(m_words.cbegin(), m_words.cend(), [&text](const QString &word) {
               return text.contains(word, Qt::CaseInsensitive);
           });
}

int PaletteFilter::rank(const QModelIndex &index) const
{
    const QString name = index.data().toString();
    return name.startsWith(m_search, Qt::CaseInsensitive) ? 0
           : name.contains(m_search, Qt::CaseInsensitive) ? 1
                                                          : 2;
}

bool PaletteFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const bool groups = !left.data(PaletteModel::KindRole).isValid();
    const int leftRank = groups ? 0 : rank(left);
    const int rightRank = groups ? 0 : rank(right);
    return leftRank != rightRank ? leftRank < rightRank : left.row() < right.row();
}

} // namespace headgate::ui
