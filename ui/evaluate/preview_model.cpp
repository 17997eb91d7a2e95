#include "ui/evaluate/preview_model.h"

using namespace Qt::StringLiterals;

namespace headgate::ui {

void PreviewModel::setPreview(const evaluation::ImportPreview &preview)
{
    beginResetModel();
    m_preview = preview;
    endResetModel();
}

void PreviewModel::setMapping(const evaluation::ColumnMapping &mapping)
{
    m_mapping = mapping;
    if (columnCount() > 0)
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

int PreviewModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_preview.rows.size());
}

int PreviewModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_preview.columns.size());
}

QVariant PreviewModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const QString text = m_preview.rows[index.row()].value(index.column());
    if (role == Qt::DisplayRole)
        return text.simplified();
    return role == Qt::ToolTipRole ? text : QVariant();
}

QString PreviewModel::roleOf(const QString &column) const
{
    if (column == m_mapping.prompt)
        return tr("prompt");
    if (column == m_mapping.expected)
        return tr("expected answer");
    if (column == m_mapping.id)
        return tr("id");
    if (column == m_mapping.subset)
        return tr("subject");
    if (evaluation::holdsOutcomes(m_mapping, column))
        return tr("outcomes");
    return m_mapping.metadata.contains(column) ? tr("kept") : tr("left out");
}

QVariant PreviewModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section >= m_preview.columns.size())
        return {};
    const QString &column = m_preview.columns[section];
    if (role == Qt::DisplayRole)
        return u"%1\n%2"_s.arg(column, roleOf(column));
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    return {};
}

} // namespace headgate::ui
