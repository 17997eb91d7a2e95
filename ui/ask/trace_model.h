#pragma once

#include "core/engine/run_trace.h"

#include <QAbstractItemModel>

namespace headgate::ui {

// The hops of one run as a tree: a row for each node that the run went through, and below it its
// attempts where there was more than one. Grows while the run is under way.
class TraceModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { StepColumn, BarColumn, TimeColumn, ColumnCount };
    enum Role {
        SubtitleRole = Qt::UserRole, // one line below the step's name
        KindRole,                    // QString, of the node
        NodeRole,                    // NodeId
        HopRole,                     // index into hops(); of a visit: its last attempt
        StartRole,                   // qint64, ns since the run's start
        FirstTokenRole,              // qint64, ns; invalid where none came
        EndRole,                     // qint64, ns
        FailedRole,                  // bool
        DiscardedRole,               // bool: the text was cut or rejected
    };

    using QAbstractItemModel::QAbstractItemModel;

    void clear();
    void append(const engine::Hop &hop);
    void setHops(const QList<engine::Hop> &hops);
    const QList<engine::Hop> &hops() const { return m_hops; }
    // Of the whole run so far: what the time ruler spans.
    std::chrono::nanoseconds span() const;
    QModelIndex indexOfHop(qsizetype hop) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    // Consecutive hops of one node; [first, last] into m_hops.
    struct Visit
    {
        qsizetype first = 0;
        qsizetype last = 0;
    };

    qsizetype hopOf(const QModelIndex &index) const;
    qsizetype callsIn(qsizetype first, qsizetype last) const;
    QVariant hopData(qsizetype hop, qsizetype firstHop, bool isAttempt, int role) const;

    QList<engine::Hop> m_hops;
    QList<Visit> m_visits;
};

} // namespace headgate::ui
