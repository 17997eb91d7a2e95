#include "ui/common/chart_data.h"

#include <QDateTime>
#include <QMap>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

QString quoted(QString cell)
{
    if (!cell.contains(u',') && !cell.contains(u'"') && !cell.contains(u'\n'))
        return cell;
    cell.replace(u'"', u"\"\""_s);
    return u'"' + cell + u'"';
}

} // namespace

bool ChartData::isEmpty() const
{
    return std::all_of(lines.cbegin(), lines.cend(),
                       [](const ChartLine &line) { return line.points.isEmpty(); });
}

QString originName(Origin origin)
{
    switch (origin) {
    case Origin::Simulated:
        return u"simulated"_s;
    case Origin::Live:
        return u"live"_s;
    case Origin::Mixed:
        return u"mixed"_s;
    }
    Q_UNREACHABLE();
}

QString toCsv(const ChartData &data)
{
    QStringList header{u"time"_s};
    QMap<qint64, QStringList> rows;
    for (qsizetype column = 0; column < data.lines.size(); ++column) {
        header.append(quoted(data.lines[column].label));
        for (const QPointF &point : data.lines[column].points) {
            QStringList &cells = rows[qint64(point.x())];
            cells.resize(data.lines.size());
            cells[column] = QString::number(point.y(), 'f', 9);
        }
    }
    header.append(u"origin"_s);
    QString csv = header.join(u',') + u'\n';
    for (auto row = rows.cbegin(); row != rows.cend(); ++row) {
        const QDateTime at = QDateTime::fromMSecsSinceEpoch(row.key(), Qt::UTC);
        csv += at.toString(Qt::ISODateWithMs) + u',' + row.value().join(u',') + u',' +
               originName(data.origin) + u'\n';
    }
    return csv;
}

double roundStep(double span, int count)
{
    if (!(span > 0) || count < 1)
        return 1;
    const double raw = span / count;
    const double power = std::pow(10.0, std::floor(std::log10(raw)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= raw * (1 - 1e-9))
            return factor * power;
    }
    return 10 * power;
}

} // namespace headgate::ui
