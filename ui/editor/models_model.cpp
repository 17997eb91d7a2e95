#include "ui/editor/models_model.h"

#include "ui/common/number_format.h"

namespace headgate::ui {

void ModelsModel::setModels(const QList<policy::Model> &models)
{
    beginResetModel();
    m_models = models;
    endResetModel();
}

QString ModelsModel::nameAt(int row) const
{
    return m_models.value(row).name;
}

int ModelsModel::rowOf(const QString &name) const
{
    for (int row = 0; row < int(m_models.size()); ++row) {
        if (m_models[row].name == name)
            return row;
    }
    return -1;
}

int ModelsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_models.size());
}

int ModelsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant ModelsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const policy::Model &model = m_models[index.row()];
    if (role == Qt::ToolTipRole)
        return tr("%1: %2 of %3").arg(model.name, model.model, model.provider);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case NameColumn:
        return model.name;
    case ProviderColumn:
        return model.provider;
    case PriceColumn:
        return model.price ? tr("%1 / %2").arg(formatMoney(model.price->input),
                                               formatMoney(model.price->output))
                           : tr("catalog");
    default:
        return {};
    }
}

QVariant ModelsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Name");
    case ProviderColumn:
        return tr("Provider");
    case PriceColumn:
        return tr("Per 1M");
    default:
        return {};
    }
}

} // namespace headgate::ui
