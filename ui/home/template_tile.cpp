#include "ui/home/template_tile.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QTextLayout>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kPictureHeight = 116;
constexpr int kTextHeight = 64;
constexpr int kPadding = 10;
constexpr int kAboutLines = 2;

// Wraps at words; what does not fit into the last line is elided.
void drawLines(QPainter &painter, const QRect &box, const QString &text, int lines)
{
    const QFontMetrics metrics = painter.fontMetrics();
    QTextLayout layout(text, painter.font());
    layout.beginLayout();
    int top = box.top();
    for (int number = 1; number <= lines; ++number) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(box.width());
        const QString rest = text.mid(line.textStart());
        const QString shown = number == lines
                                  ? metrics.elidedText(rest, Qt::ElideRight, box.width())
                                  : rest.left(line.textLength());
        painter.drawText(QRect(box.left(), top, box.width(), metrics.height()),
                         Qt::AlignLeft | Qt::AlignVCenter, shown);
        top += metrics.lineSpacing();
    }
    layout.endLayout();
}

} // namespace

TemplateTile::TemplateTile(const QString &name, const QString &about,
                           policy::PolicyDocument document, const QString &icon, const Theme &theme,
                           QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_about(about)
    , m_document(std::move(document))
    , m_icon(icon)
{
    setText(name);
    setAccessibleName(name);
    setAccessibleDescription(about);
    setToolTip(about);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    connect(&theme, &Theme::changed, this, [this] {
        m_picture = {};
        update();
    });
}

void TemplateTile::setPictureSource(const PictureSource &source)
{
    m_source = source;
    m_picture = {};
    update();
}

QSize TemplateTile::sizeHint() const
{
    return {260, kPictureHeight + kTextHeight};
}

QSize TemplateTile::minimumSizeHint() const
{
    return {180, kPictureHeight + kTextHeight};
}

QRect TemplateTile::pictureBox() const
{
    return {1, 1, width() - 2, kPictureHeight};
}

void TemplateTile::resizeEvent(QResizeEvent *event)
{
    QAbstractButton::resizeEvent(event);
    drawSoon();
}

void TemplateTile::drawSoon()
{
    if (m_asked || !m_source || m_document.nodes.isEmpty())
        return;
    m_asked = true;
    QTimer::singleShot(0, this, &TemplateTile::draw);
}

void TemplateTile::draw()
{
    m_asked = false;
    m_picture = m_source(m_document, pictureBox().size(), devicePixelRatioF());
    update();
}

void TemplateTile::paintEvent(QPaintEvent *)
{
    if (m_picture.isNull() || m_picture.devicePixelRatio() != devicePixelRatioF())
        drawSoon();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool lit = hasFocus() || underMouse();
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    QPainterPath outline;
    outline.addRoundedRect(frame, Theme::kCardRadius, Theme::kCardRadius);
    painter.fillPath(outline, m_theme.color(isDown() ? Token::AccentWash : Token::Surface));
    painter.save();
    painter.setClipPath(outline);
    painter.fillRect(pictureBox(), m_theme.color(Token::Canvas));
    if (!m_picture.isNull())
        painter.drawImage(pictureBox(), m_picture);
    else if (m_document.nodes.isEmpty() || !m_source)
        paintIcon(painter, QRectF(width() / 2.0 - 16, kPictureHeight / 2.0 - 16, 32, 32), m_icon,
                  m_theme.color(Token::TextFaint));
    painter.setPen(m_theme.color(Token::Line));
    painter.drawLine(0, kPictureHeight, width(), kPictureHeight);
    painter.restore();
    painter.setPen(QPen(m_theme.color(lit ? Token::Accent : Token::Line), hasFocus() ? 2 : 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(outline);

    const QRect box = rect().adjusted(kPadding, kPictureHeight + 7, -kPadding, -6);
    QFont heavy = Theme::bodyFont();
    heavy.setWeight(QFont::DemiBold);
    painter.setFont(heavy);
    painter.setPen(m_theme.color(Token::Text));
    painter.drawText(box, Qt::AlignLeft | Qt::AlignTop,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, box.width()));
    QFont light = Theme::bodyFont();
    light.setPixelSize(Theme::kSecondarySize);
    painter.setFont(light);
    painter.setPen(m_theme.color(Token::TextSecondary));
    drawLines(painter, box.adjusted(0, 19, 0, 0), m_about, kAboutLines);
}

} // namespace headgate::ui
