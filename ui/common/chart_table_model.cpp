#include "ui/common/chart_table_model.h"

#include "ui/common/number_format.h"

#include <QDateTime>
#include <QLocale>
#include <QMap>

#include <cmath>
#include <limits>

namespace headgate::ui {

void ChartTableModel::setData(const ChartData &data)
{
    beginResetModel();
    m_labels.clear();
    m_rows.clear();
    QMap<qint64, QList<double>> rows;
    for (qsizetype line = 0; line < data.lines.size(); ++line) {
        m_labels.append(data.lines[line].label);
        for (const QPointF &point : data.lines[line].points) {
            QList<double> &values = rows[qint64(point.x())];
            while (values.size() < data.lines.size())
                values.append(std::numeric_limits<double>::quiet_NaN());
            values[line] = point.y();
        }
    }
    for (auto row = rows.cbegin(); row != rows.cend(); ++row)
        m_rows.append({row.key(), row.value()});
    endResetModel();
}

int ChartTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ChartTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_labels.size()) + 1;
}

QVariant ChartTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole && index.column() > 0)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    const Row &row = m_rows[index.row()];
    if (index.column() == 0)
        return QLocale().toString(QDateTime::fromMSecsSinceEpoch(row.at), QLocale::ShortFormat);
    const double value = row.values[index.column() - 1];
    const auto amount = Money::fromUsd(value);
    return std::isnan(value) || !amount ? QString() : formatMoney(*amount);
}

QVariant ChartTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 ||
        section > m_labels.size())
        return {};
    return section == 0 ? tr("Time") : m_labels[section - 1];
}

} // namespace headgate::ui
