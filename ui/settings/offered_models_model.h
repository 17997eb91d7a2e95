#pragma once

#include "core/catalog/model_catalog.h"
#include "core/providers/provider.h"

#include <QAbstractTableModel>

namespace headgate::ui {

// The models that one provider offers, with what they cost per million tokens and who says so. A
// price that nobody knows is shown as unknown. Prices can be written: priceEdited() leaves.
class OfferedModelsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, InputColumn, OutputColumn, SourceColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setModels(const QString &provider, const QList<providers::OfferedModel> &models,
                   const catalog::ModelCatalog &catalog, QDate today);
    int unknownPrices() const;
    QString nameAt(int row) const; // as a request names it; empty where there is no such row

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    // The user's own price for a model of the provider.
    void priceEdited(const QString &model, const headgate::Price &price);

private:
    struct Row
    {
        QString name;
        QString title;
        std::optional<Price> price;
        QString source;
    };
    QList<Row> m_rows;
};

} // namespace headgate::ui
