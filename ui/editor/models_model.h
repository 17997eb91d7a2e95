#pragma once

#include "core/policy/policy_document.h"

#include <QAbstractTableModel>

namespace headgate::ui {

// The models of a policy as a table to read; editing goes through the form below it.
class ModelsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, ProviderColumn, PriceColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setModels(const QList<policy::Model> &models);
    QString nameAt(int row) const;        // empty for a row that is not there
    int rowOf(const QString &name) const; // -1: none

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<policy::Model> m_models;
};

} // namespace headgate::ui
