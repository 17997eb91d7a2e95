#include "ui/common/status_tag.h"

#include "ui/common/theme.h"

#include <QFontMetrics>
#include <QPainter>

namespace headgate::ui {

namespace {

QFont tagFont()
{
    QFont font = Theme::bodyFont();
    font.setPixelSize(Theme::kCaptionSize);
    font.setWeight(QFont::Bold);
    return font;
}

} // namespace

StatusTag::StatusTag(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    setOrigin(Origin::Simulated);
}

void StatusTag::setOrigin(Origin origin)
{
    m_origin = origin;
    setAccessibleName(text());
    switch (origin) {
    case Origin::Simulated:
        setToolTip(tr("Models of the built-in fleet answer; names, prices and answers are "
                      "invented."));
        break;
    case Origin::Live:
        setToolTip(tr("Real providers answer, and their prices count."));
        break;
    case Origin::Mixed:
        setToolTip(tr("Some models are simulated; their figures are kept apart."));
        break;
    }
    updateGeometry();
    update();
}

QString StatusTag::text() const
{
    switch (m_origin) {
    case Origin::Simulated:
        return tr("SIMULATED");
    case Origin::Live:
        return tr("LIVE");
    case Origin::Mixed:
        return tr("PARTLY SIMULATED");
    }
    Q_UNREACHABLE();
}

QSize StatusTag::sizeHint() const
{
    const QFontMetrics metrics(tagFont());
    return {metrics.horizontalAdvance(text()) + 16, 19};
}

void StatusTag::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool live = m_origin == Origin::Live;
    const QColor ink = m_theme.color(live ? Token::Good : Token::Warning);
    painter.setBrush(m_theme.color(live ? Token::GoodWash : Token::WarningWash));
    // Live stands without a frame: the two differ by more than their colour.
    painter.setPen(live ? QPen(Qt::NoPen) : QPen(ink, 1.2));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    painter.setFont(tagFont());
    painter.setPen(ink);
    painter.drawText(rect(), Qt::AlignCenter, text());
}

} // namespace headgate::ui
