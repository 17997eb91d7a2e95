#include "ui/editor/canvas_ground.h"

#include "ui/common/theme.h"
#include "ui/editor/canvas_metrics.h"

#include <QPainter>

#include <cmath>

namespace headgate::ui {

namespace {

constexpr double kLeastGap = 15; // pixels between dots
constexpr double kDot = 1.6;     // pixels

} // namespace

void paintCanvasGround(QPainter &painter, const QRectF &exposed, const Theme &theme)
{
    painter.fillRect(exposed, theme.color(Token::Canvas));
    const QTransform canvas = painter.worldTransform();
    const double pixelRatio = painter.device()->devicePixelRatioF();
    double step = kGrid;
    while (step * canvas.m11() < kLeastGap)
        step *= 2;
    // Squares on whole pixels: as good as round ones at this size, and much faster.
    const double pixels = qMax(1.0, std::round(kDot * pixelRatio));
    const double side = pixels / pixelRatio;
    const double before = std::floor(pixels / 2) / pixelRatio;
    const QColor color = theme.color(Token::CanvasDot);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setWorldTransform({});
    const double left = std::floor(exposed.left() / step) * step;
    const double top = std::floor(exposed.top() / step) * step;
    for (double y = top; y <= exposed.bottom(); y += step) {
        for (double x = left; x <= exposed.right(); x += step) {
            const QPointF at = canvas.map(QPointF(x, y)) * pixelRatio;
            painter.fillRect(QRectF(std::round(at.x()) / pixelRatio - before,
                                    std::round(at.y()) / pixelRatio - before, side, side),
                             color);
        }
    }
    painter.restore();
}

} // namespace headgate::ui
