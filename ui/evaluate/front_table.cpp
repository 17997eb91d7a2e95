#include "ui/evaluate/front_table.h"

#include "core/common/json.h"
#include "ui/common/number_format.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using evaluation::Cascade;
using evaluation::CascadeSums;

namespace {

constexpr auto kOrigin = "recorded outcomes";
constexpr int kDigits = 17; // a number is read back as it was

QByteArray number(double value)
{
    return QByteArray::number(value, 'g', kDigits);
}

// A cell of a CSV file (RFC 4180).
QByteArray cell(const QString &text)
{
    QString quoted = text;
    quoted.replace(u'"', u"\"\""_s);
    const bool isPlain = !text.contains(u'"') && !text.contains(u',') && !text.contains(u'\n');
    return (isPlain ? text : u'"' + quoted + u'"').toUtf8();
}

QByteArrayList sumsCells(const CascadeSums &sums, qsizetype rows)
{
    return {number(evaluation::meanQuality(sums, rows)), number(evaluation::costPer1k(sums, rows)),
            QByteArray::number(rows)};
}

Json sumsJson(const CascadeSums &sums, qsizetype rows)
{
    return {{"quality", evaluation::meanQuality(sums, rows)},
            {"cost_usd_per_1k", evaluation::costPer1k(sums, rows)},
            {"n", rows}};
}

QString qualityText(const CascadeSums &sums, qsizetype rows)
{
    return QLocale().toString(evaluation::meanQuality(sums, rows), 'f', 3);
}

QString costText(const CascadeSums &sums, qsizetype rows)
{
    const auto money = Money::fromUsd(evaluation::costPer1k(sums, rows));
    return money ? formatMoney(*money) : QString();
}

} // namespace

QString FrontTable::cascade(const Row &row) const
{
    QStringList names;
    for (int stage = 0; stage < row.point.cascade.stages; ++stage)
        names.append(models[row.point.cascade.model[size_t(stage)]]);
    return names.join(u" → "_s);
}

QByteArray toCsv(const FrontTable &table)
{
    QByteArray text = "model_1,model_2,model_3,threshold_1,threshold_2,on_front,"
                      "validation_quality,validation_cost_usd_per_1k,validation_n,"
                      "train_quality,train_cost_usd_per_1k,train_n,outcomes,origin\n";
    for (const FrontTable::Row &row : table.rows) {
        const Cascade &cascade = row.point.cascade;
        QByteArrayList cells;
        for (int stage = 0; stage < evaluation::kMostStages; ++stage)
            cells << (stage < cascade.stages ? cell(table.models[cascade.model[size_t(stage)]])
                                             : QByteArray());
        for (int stage = 0; stage + 1 < evaluation::kMostStages; ++stage)
            cells << (stage + 1 < cascade.stages ? number(cascade.threshold[size_t(stage)])
                                                 : QByteArray());
        cells << (row.isSingle ? "no" : "yes");
        cells << sumsCells(row.point.validation, table.validationRows);
        cells << sumsCells(row.point.train, table.trainRows);
        cells << cell(table.outcomes) << kOrigin;
        text += cells.join(',') + '\n';
    }
    return text;
}

QByteArray toJson(const FrontTable &table)
{
    Json points = Json::array();
    for (const FrontTable::Row &row : table.rows) {
        const Cascade &cascade = row.point.cascade;
        Json models = Json::array();
        Json thresholds = Json::array();
        for (int stage = 0; stage < cascade.stages; ++stage) {
            models.push_back(toStdString(table.models[cascade.model[size_t(stage)]]));
            if (stage + 1 < cascade.stages)
                thresholds.push_back(cascade.threshold[size_t(stage)]);
        }
        points.push_back({{"models", std::move(models)},
                          {"thresholds", std::move(thresholds)},
                          {"on_front", !row.isSingle},
                          {"validation", sumsJson(row.point.validation, table.validationRows)},
                          {"train", sumsJson(row.point.train, table.trainRows)}});
    }
    return formatJson({{"outcomes", toStdString(table.outcomes)},
                       {"origin", kOrigin},
                       {"points", std::move(points)}});
}

void FrontTableModel::setTable(FrontTable table)
{
    beginResetModel();
    m_table = std::move(table);
    endResetModel();
}

int FrontTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_table.rows.size());
}

int FrontTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FrontTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(index.column() < QualityColumn ? Qt::AlignLeft | Qt::AlignVCenter
                                                  : Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const FrontTable::Row &row = m_table.rows[index.row()];
    const Cascade &cascade = row.point.cascade;
    QStringList thresholds;
    for (int stage = 0; stage + 1 < cascade.stages; ++stage)
        thresholds.append(QLocale().toString(cascade.threshold[size_t(stage)], 'g', 4));
    switch (index.column()) {
    case CascadeColumn:
        return row.isSingle ? tr("%1 alone").arg(m_table.cascade(row)) : m_table.cascade(row);
    case ThresholdsColumn:
        return thresholds.join(u" · "_s);
    case QualityColumn:
        return qualityText(row.point.validation, m_table.validationRows);
    case CostColumn:
        return costText(row.point.validation, m_table.validationRows);
    case TrainQualityColumn:
        return qualityText(row.point.train, m_table.trainRows);
    default:
        return costText(row.point.train, m_table.trainRows);
    }
}

QVariant FrontTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(section < QualityColumn ? Qt::AlignLeft | Qt::AlignVCenter
                                           : Qt::AlignRight | Qt::AlignVCenter);
    const QString n =
        formatCount(section < TrainQualityColumn ? m_table.validationRows : m_table.trainRows);
    if (role == Qt::ToolTipRole && section >= QualityColumn)
        return section < TrainQualityColumn ? tr("On the validation part, n %1").arg(n)
                                            : tr("On the train part, n %1").arg(n);
    if (role != Qt::DisplayRole)
        return {};
    static constexpr std::array kTitles{QT_TR_NOOP("Cascade"),        QT_TR_NOOP("Thresholds"),
                                        QT_TR_NOOP("Quality"),        QT_TR_NOOP("Per 1,000"),
                                        QT_TR_NOOP("Quality, train"), QT_TR_NOOP("Per 1,000")};
    return tr(kTitles[size_t(section)]);
}

} // namespace headgate::ui
