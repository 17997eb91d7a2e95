#pragma once

#include "ui/common/origin.h"
#include "ui/common/theme.h"

#include <QList>
#include <QPointF>
#include <QString>

namespace headgate::ui {

// One line over time. Points ascend in x: milliseconds since the epoch (UTC); y: US dollars.
struct ChartLine
{
    QString label = {}; // stands at its end
    QList<QPointF> points = {};
    Token color = Token::Accent;
    bool dashed = false;

    bool operator==(const ChartLine &) const = default;
};

// What a chart shows. With two lines the gap between them is shaded: the upper one first.
struct ChartData
{
    QList<ChartLine> lines;
    QString gapLabel;  // within the shade; empty: none
    bool gapIsGood = true;
    QString context;   // period, filter, baseline: names an exported picture
    Origin origin = Origin::Live;

    bool isEmpty() const;
    bool operator==(const ChartData &) const = default;
};

// "time,<label>,…,origin" with ISO 8601 times in UTC and plain decimals; one row a moment, an
// empty cell where a line has no point there.
QString toCsv(const ChartData &data);
// "simulated", "live", "mixed": in exports.
QString originName(Origin origin);

// Round steps (1, 2, 5 x 10^n) of which `count` or fewer cover `span`.
double roundStep(double span, int count);

} // namespace headgate::ui
