#pragma once

#include "core/evaluation/datasets/import_preview.h"

#include <QAbstractTableModel>

namespace headgate::ui {

// The first rows of a file that is to be imported; the header says what each column is taken for.
class PreviewModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void setPreview(const evaluation::ImportPreview &preview);
    void setMapping(const evaluation::ColumnMapping &mapping);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    QString roleOf(const QString &column) const;

    evaluation::ImportPreview m_preview;
    evaluation::ColumnMapping m_mapping;
};

} // namespace headgate::ui
