#include "ui/editor/palette_model.h"

#include "ui/editor/kind_usage.h"
#include "ui/editor/node_look.h"
#include "ui/editor/side_tree.h"

#include <QMimeData>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

// Why a kind cannot run yet; empty for those that can.
QString runtimeMark(const policy::NodeKind &kind)
{
    switch (kind.runtime) {
    case policy::Runtime::Runs:
        return {};
    case policy::Runtime::NotInThisBuild:
        return PaletteModel::tr("This version can draw it but not run it.");
    }
    Q_UNREACHABLE();
}

} // namespace

QString kindMimeType()
{
    return u"application/x-headgate-kind"_s;
}

PaletteModel::PaletteModel(const Theme &theme, Shape shape, QObject *parent,
                           const KindUsage *usage)
    : QStandardItemModel(parent)
    , m_theme(theme)
    , m_shape(shape)
    , m_usage(usage)
{
    if (usage)
        connect(usage, &KindUsage::favouritesChanged, this, &PaletteModel::fill);
    fill();
}

void PaletteModel::fill()
{
    clear();
    const QList<const policy::NodeKind *> kinds = kindsByGroup();
    if (m_shape == Shape::Flat) {
        for (const policy::NodeKind *kind : kinds)
            appendRow(makeItem(*kind));
        return;
    }
    QList<const policy::NodeKind *> favourites;
    for (const QString &id : m_usage ? m_usage->favourites() : QStringList()) {
        if (const policy::NodeKind *kind = policy::nodeKind(id))
            favourites.append(kind);
    }
    addGroup(tr("Favourites"), favourites);
    for (qsizetype first = 0; first < kinds.size();) {
        qsizetype end = first;
        while (end < kinds.size() && kinds[end]->group == kinds[first]->group)
            ++end;
        addGroup(groupLabel(kinds[first]->group), kinds.mid(first, end - first));
        first = end;
    }
}

void PaletteModel::addGroup(const QString &label, const QList<const policy::NodeKind *> &kinds)
{
    if (kinds.isEmpty())
        return;
    auto *header = new QStandardItem(label);
    header->setFlags(Qt::ItemIsEnabled);
    for (const policy::NodeKind *kind : kinds)
        header->appendRow(makeItem(*kind));
    appendRow(header);
}

QStandardItem *PaletteModel::makeItem(const policy::NodeKind &kind) const
{
    const QString mark = runtimeMark(kind);
    const QString told = mark.isEmpty() ? kind.help : kind.help + u' ' + mark;
    auto *item = new QStandardItem(kindIcon(kind.id, m_theme), kind.label);
    item->setEditable(false);
    item->setDropEnabled(false);
    item->setToolTip(told);
    item->setData(kind.id, KindRole);
    item->setData(QStringList{kind.label, kind.id, kind.help, kind.tags.join(u' ')}.join(u' '),
                  SearchRole);
    item->setData(told, Qt::AccessibleDescriptionRole);
    const bool favourite = m_usage && m_usage->isFavourite(kind.id);
    if (!mark.isEmpty()) {
        item->setData(true, DimRole);
        item->setData(u"info"_s, MarkRole);
    } else if (favourite) {
        item->setData(u"star"_s, MarkRole);
    }
    if (favourite)
        item->setData(tr("%1, favourite").arg(kind.label), Qt::AccessibleTextRole);
    return item;
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

int PaletteFilter::usageRank(const QModelIndex &index) const
{
    return m_usage ? m_usage->rank(index.data(PaletteModel::KindRole).toString()) : 0;
}

bool PaletteFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    // In a tree groups and their kinds stand as they are.
    if (!left.data(PaletteModel::KindRole).isValid() || left.parent().isValid())
        return left.row() < right.row();
    const auto key = [this](const QModelIndex &index) {
        return std::tuple(rank(index), usageRank(index), index.row());
    };
    return key(left) < key(right);
}

} // namespace headgate::ui
