#include "ui/common/icons.h"

#include <QFile>
#include <QIconEngine>
#include <QPaintEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QPointer>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

QString pathOf(const QString &name)
{
    return u":/headgate/icons/%1.svg"_s.arg(name);
}

void renderOn(QPainter &painter, const QRectF &target, const QString &name, const QColor &color)
{
    QFile file(pathOf(name));
    if (!file.open(QIODevice::ReadOnly)) {
        Q_ASSERT_X(false, "icons", qPrintable(u"no icon "_s + name));
        return;
    }
    QByteArray svg = file.readAll();
    svg.replace("currentColor", color.name().toLatin1());
    QSvgRenderer renderer(svg);
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    painter.setOpacity(painter.opacity() * color.alphaF());
    renderer.render(&painter, target);
}

QImage render(const QString &name, const QColor &color, QSize device)
{
    QImage image(device, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    renderOn(painter, QRectF({}, QSizeF(device)), name, color);
    return image;
}

// Files and printers keep shapes: pixels would be wrong at the next size.
bool keepsShapes(const QPaintEngine &engine)
{
    return engine.type() == QPaintEngine::SVG || engine.type() == QPaintEngine::Pdf ||
           engine.type() == QPaintEngine::Picture;
}

// In device pixels; the pixmap's own ratio stays 1.
QPixmap cached(const QString &name, const QColor &color, QSize device)
{
    const QString key = u"headgate-icon-%1-%2-%3x%4"_s.arg(name, color.name(QColor::HexArgb))
                            .arg(device.width())
                            .arg(device.height());
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        pixmap = QPixmap::fromImage(render(name, color, device));
        QPixmapCache::insert(key, pixmap);
    }
    return pixmap;
}

class ThemedIconEngine final : public QIconEngine
{
public:
    ThemedIconEngine(QString name, const Theme &theme, Token token)
        : m_name(std::move(name))
        , m_theme(&theme)
        , m_token(token)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        paintIcon(*painter, rect, m_name, color(mode, state));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return cached(m_name, color(mode, state), size);
    }
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state,
                         qreal scale) override
    {
        QPixmap pixmap = cached(m_name, color(mode, state), size);
        pixmap.setDevicePixelRatio(scale);
        return pixmap;
    }
    QIconEngine *clone() const override { return new ThemedIconEngine(*this); }
    QString key() const override { return u"headgate"_s; }
    QString iconName() override { return m_name; }
    bool isNull() override { return !m_theme; }

private:
    QColor color(QIcon::Mode mode, QIcon::State state) const
    {
        if (!m_theme)
            return Qt::gray;
        if (mode == QIcon::Disabled)
            return m_theme->color(Token::TextFaint);
        // Icons on the accent keep their colour.
        if (m_token != Token::OnAccent && (mode == QIcon::Selected || state == QIcon::On))
            return m_theme->color(Token::Accent);
        return m_theme->color(m_token);
    }

    QString m_name;
    QPointer<const Theme> m_theme;
    Token m_token;
};

} // namespace

QIcon themedIcon(const QString &name, const Theme &theme, Token token)
{
    return QIcon(new ThemedIconEngine(name, theme, token));
}

void paintIcon(QPainter &painter, const QRectF &target, const QString &name, const QColor &color)
{
    if (keepsShapes(*painter.paintEngine())) {
        painter.save();
        renderOn(painter, target, name, color);
        painter.restore();
        return;
    }
    const QTransform device = painter.deviceTransform();
    const qreal scale = std::hypot(device.m11(), device.m12());
    const QSize size = (target.size() * scale).toSize();
    if (size.isEmpty())
        return;
    const QPixmap pixmap = cached(name, color, size);
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()));
    painter.restore();
}

QPixmap iconPixmap(const QString &name, const QColor &color, QSize size, qreal pixelRatio)
{
    QPixmap pixmap = cached(name, color, (QSizeF(size) * pixelRatio).toSize());
    pixmap.setDevicePixelRatio(pixelRatio);
    return pixmap;
}

bool hasIcon(const QString &name)
{
    return QFile::exists(pathOf(name));
}

} // namespace headgate::ui
