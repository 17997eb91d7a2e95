#pragma once

#include "ui/common/chart_data.h"

#include <QAbstractTableModel>

namespace headgate::ui {

// A chart's figures as rows: time, then one column a line.
class ChartTableModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void setData(const ChartData &data);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    struct Row
    {
        qint64 at = 0;
        QList<double> values; // one a line; NaN: none
    };
    QStringList m_labels;
    QList<Row> m_rows;
};

} // namespace headgate::ui
