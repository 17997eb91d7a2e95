#include "ui/editor/live/flow_legend.h"

#include "ui/common/number_format.h"
#include "ui/common/theme.h"
#include "ui/editor/live/flow_display.h"

#include <QPainter>

namespace headgate::ui {

namespace {

constexpr int kPadding = 10;
constexpr int kLineHeight = 16;
constexpr int kSampleHeight = 22;
constexpr std::array kSamples{0.1, 0.5, 1.0};
constexpr int kSampleWidth = 34;
constexpr int kSampleStep = 86;

QFont legendFont()
{
    QFont font = Theme::bodyFont();
    font.setPixelSize(Theme::kCaptionSize);
    return font;
}

} // namespace

FlowLegend::FlowLegend(const Theme &theme, FlowDisplay &display, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_display(display)
{
    setObjectName(QStringLiteral("flowLegend"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    connect(&display, &FlowDisplay::changed, this, &FlowLegend::refresh);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    refresh();
}

QStringList FlowLegend::lines() const
{
    const ledger::Flow &flow = m_display.flow();
    const FlowChoice &choice = m_display.choice();
    const QString origin = m_display.isSimulated() ? tr("simulated") : tr("live");
    if (flow.total.runs == 0)
        return {tr("No %1 queries: %2", "origin, window").arg(origin, windowText(choice.window)),
                tr("Run a query, or choose a longer window under Flow.")};
    QStringList lines{
        tr("Width: share of %1 · %2", "traffic, window")
            .arg(measureText(choice.measure), windowText(choice.window)),
        tr("n = %1 %2 queries", "count, origin").arg(formatCount(flow.total.runs), origin)};
    if (choice.measure == FlowMeasure::Cost && flow.unpriced > 0)
        lines.append(tr("%1 of them with an unknown price: their cost is too low")
                         .arg(formatCount(flow.unpriced)));
    return lines;
}

QString FlowLegend::text() const
{
    return lines().join(QStringLiteral(". "));
}

QSize FlowLegend::sizeHint() const
{
    const QFontMetrics metrics(legendFont());
    const QStringList all = lines();
    int width = m_display.flow().total.runs > 0 ? int(kSamples.size()) * kSampleStep : 0;
    for (const QString &line : all)
        width = std::max(width, metrics.horizontalAdvance(line));
    const int samples = m_display.flow().total.runs > 0 ? kSampleHeight : 0;
    return {width + 2 * kPadding, int(all.size()) * kLineHeight + samples + 2 * kPadding - 4};
}

void FlowLegend::refresh()
{
    setVisible(m_display.choice().measure != FlowMeasure::Off);
    setAccessibleName(text());
    resize(sizeHint());
    update();
}

void FlowLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme.color(Token::Line));
    painter.setBrush(m_theme.color(Token::Surface));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), Theme::kControlRadius,
                            Theme::kControlRadius);
    painter.setFont(legendFont());
    int y = kPadding - 2;
    for (const QString &line : lines()) {
        painter.setPen(m_theme.color(y < kPadding ? Token::Text : Token::TextSecondary));
        painter.drawText(QRect(kPadding, y, width() - kPadding, kLineHeight),
                         Qt::AlignLeft | Qt::AlignVCenter, line);
        y += kLineHeight;
    }
    if (m_display.flow().total.runs == 0)
        return;
    QColor band = m_theme.color(Token::Accent);
    band.setAlphaF(0.35F);
    int x = kPadding;
    for (const double share : kSamples) {
        const double middle = y + kSampleHeight / 2.0;
        painter.setPen(QPen(band, flowWidth(share), Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(QPointF(x, middle), QPointF(x + kSampleWidth, middle));
        painter.setPen(m_theme.color(Token::TextSecondary));
        painter.drawText(QRectF(x + kSampleWidth + 5, y, kSampleStep - kSampleWidth, kSampleHeight),
                         Qt::AlignLeft | Qt::AlignVCenter, formatPercent(share, 0));
        x += kSampleStep;
    }
}

} // namespace headgate::ui
