#pragma once

#include "core/ledger/ledger.h"

#include <QAbstractTableModel>

namespace headgate::ui {

// Runs of the ledger as rows, as they are handed over.
class RunTableModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        TimeColumn,
        PathColumn,
        ModelColumn,
        ScoreColumn,
        LatencyColumn,
        CostColumn,
        SavedColumn,
        ColumnCount
    };
    enum Role {
        SortRole = Qt::UserRole, // the raw value; DisplayRole is formatted text
        IdRole,                  // of the run
        LossRole,                // true: the run cost more than the baseline
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setRuns(QList<ledger::RunSummary> runs);
    int rowOf(const QString &id) const; // -1: none

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    QString text(const ledger::RunSummary &run, int column) const;
    QVariant sortValue(const ledger::RunSummary &run, int column) const;
    QString toolTip(const ledger::RunSummary &run) const;

    QList<ledger::RunSummary> m_runs;
};

} // namespace headgate::ui
