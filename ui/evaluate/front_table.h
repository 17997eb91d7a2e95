#pragma once

#include "core/evaluation/optimizer/cascade_choice.h"

#include <QAbstractTableModel>

namespace headgate::ui {

// The front as figures: what the plot shows, what a screen reader gets, what is saved.
struct FrontTable
{
    struct Row
    {
        evaluation::Candidate point;
        bool isSingle = false; // one model alone, that is not on the front
    };

    QString outcomes;   // name of the file or the data set
    QStringList models; // that cascades name by place
    qsizetype trainRows = 0;
    qsizetype validationRows = 0;
    QList<Row> rows; // by rising cost on validation

    QString cascade(const Row &row) const; // "small → large"
};

// Both name where the figures come from and how many prompts each was read from.
QByteArray toCsv(const FrontTable &table);
QByteArray toJson(const FrontTable &table);

class FrontTableModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        CascadeColumn,
        ThresholdsColumn,
        QualityColumn,
        CostColumn,
        TrainQualityColumn,
        TrainCostColumn,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setTable(FrontTable table);
    const FrontTable &table() const { return m_table; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    FrontTable m_table;
};

} // namespace headgate::ui
