#pragma once

#include "core/ledger/ledger.h"

#include <QAbstractTableModel>

namespace headgate::ui {

// The runs of one policy, newest first: those of this session, then what the ledger recorded
// before it.
class RunsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { TimeColumn, PromptColumn, PathColumn, CostColumn, DurationColumn, ColumnCount };
    enum Role { IdRole = Qt::UserRole };

    using QAbstractTableModel::QAbstractTableModel;
    void setRuns(const QList<engine::RunTrace> &session, const QList<ledger::RunSummary> &recorded);
    // nullptr where only the ledger has it.
    const engine::RunTrace *sessionRun(const QString &id) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const ledger::RunSummary &run, int column) const;

    QList<engine::RunTrace> m_session;
    QList<ledger::RunSummary> m_rows;
};

} // namespace headgate::ui
