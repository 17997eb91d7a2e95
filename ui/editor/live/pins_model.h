#pragma once

#include "core/engine/pin_check.h"

#include <QAbstractListModel>

namespace headgate::ui {

// The pins of a policy with what became of each: the name, and one line below it.
class PinsModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        IdRole = Qt::UserRole,
        StateRole,  // int of engine::PinOutcome::State; invalid: not checked yet
        DetailRole, // the path, or what is wrong
        NodeRole,   // where the path leaves; empty: nowhere
    };

    using QAbstractListModel::QAbstractListModel;
    // `titles` name the nodes of the paths.
    void setPins(const QList<policy::RoutePin> &pins, const QList<engine::PinOutcome> &outcomes,
                 const QHash<policy::NodeId, QString> &titles);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

Q_SIGNALS:
    void renameRequested(const QString &pin, const QString &name);

private:
    struct Row
    {
        QString id;
        QString name;
        QString path;
        std::optional<engine::PinOutcome> outcome;
    };

    QList<Row> m_rows;
};

} // namespace headgate::ui
