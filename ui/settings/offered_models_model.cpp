#include "ui/settings/offered_models_model.h"

#include "ui/common/number_format.h"

#include <QLocale>

namespace headgate::ui {

namespace {

QString sourceText(const catalog::PriceQuote &quote)
{
    using catalog::PriceSource;
    const QString day = QLocale().toString(quote.asOf, QLocale::ShortFormat);
    switch (quote.source) {
    case PriceSource::Override:
        return OfferedModelsModel::tr("yours, %1", "price of the user's, its date").arg(day);
    case PriceSource::Imported:
        return OfferedModelsModel::tr("imported, %1", "price table, its date").arg(day);
    case PriceSource::BundledSecondary:
        return OfferedModelsModel::tr("catalog, second-hand, %1", "price table, its date").arg(day);
    case PriceSource::Simulated:
        return OfferedModelsModel::tr("invented");
    case PriceSource::Local:
        return OfferedModelsModel::tr("runs on this machine");
    case PriceSource::Provider:
    case PriceSource::Bundled:
        return OfferedModelsModel::tr("catalog, %1", "price table, its date").arg(day);
    }
    Q_UNREACHABLE();
}

} // namespace

void OfferedModelsModel::setModels(const QString &provider,
                                   const QList<providers::OfferedModel> &models,
                                   const catalog::ModelCatalog &catalog, QDate today)
{
    beginResetModel();
    m_rows.clear();
    for (const providers::OfferedModel &model : models) {
        if (!model.chats)
            continue;
        const auto quote = catalog.quote(provider, model.name, today);
        const bool isListed = quote && quote->source != catalog::PriceSource::Local;
        if (model.price && !isListed)
            m_rows.append({model.name, model.title, model.price, tr("told by the server")});
        else if (quote)
            m_rows.append({model.name, model.title, quote->price, sourceText(*quote)});
        else
            m_rows.append({model.name, model.title, std::nullopt, tr("unknown")});
    }
    endResetModel();
}

int OfferedModelsModel::unknownPrices() const
{
    return int(
        std::count_if(m_rows.cbegin(), m_rows.cend(), [](const Row &row) { return !row.price; }));
}

QString OfferedModelsModel::nameAt(int row) const
{
    return row >= 0 && row < m_rows.size() ? m_rows.at(row).name : QString();
}

int OfferedModelsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int OfferedModelsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant OfferedModelsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[index.row()];
    const bool isPrice = index.column() == InputColumn || index.column() == OutputColumn;
    if (role == Qt::TextAlignmentRole && isPrice)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && index.column() == NameColumn)
        return row.title.isEmpty() ? row.name : row.title;
    if (isPrice && (role == Qt::DisplayRole || role == Qt::EditRole)) {
        if (!row.price)
            return role == Qt::DisplayRole ? QVariant(tr("unknown")) : QVariant(QString());
        const Money price = index.column() == InputColumn ? row.price->input : row.price->output;
        return role == Qt::DisplayRole ? formatMoney(price) : price.toDecimal();
    }
    if (role != Qt::DisplayRole)
        return {};
    return index.column() == NameColumn ? row.name : row.source;
}

bool OfferedModelsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    bool isNumber = false;
    const double dollars = QLocale().toDouble(value.toString(), &isNumber);
    const double plain = isNumber ? dollars : value.toString().toDouble(&isNumber);
    const auto amount = Money::fromUsd(plain);
    if (!isNumber || plain < 0 || plain > 1000 || !amount)
        return false;
    Price price = m_rows[index.row()].price.value_or(Price());
    (index.column() == InputColumn ? price.input : price.output) = *amount;
    Q_EMIT priceEdited(m_rows[index.row()].name, price);
    return true;
}

Qt::ItemFlags OfferedModelsModel::flags(const QModelIndex &index) const
{
    const bool isPrice = index.column() == InputColumn || index.column() == OutputColumn;
    return QAbstractTableModel::flags(index) | (isPrice ? Qt::ItemIsEditable : Qt::NoItemFlags);
}

QVariant OfferedModelsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const bool isPrice = section == InputColumn || section == OutputColumn;
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return int((isPrice ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Model");
    case InputColumn:
        return tr("Input, $/1M");
    case OutputColumn:
        return tr("Output, $/1M");
    case SourceColumn:
        return tr("Price from");
    default:
        return {};
    }
}

} // namespace headgate::ui
