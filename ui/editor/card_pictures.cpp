#include "ui/editor/card_pictures.h"

#include "ui/editor/canvas_metrics.h"
#include "ui/editor/node_item.h"

#include <QPainter>

#include <cmath>

namespace headgate::ui {

namespace {

constexpr int kCacheKib = 64 * 1024;
constexpr int kDrawnAtLeast = 8; // a frame, however long they take
constexpr qint64 kDrawingMs = 3; // of a frame, for more of them
constexpr double kStretch = 1.6; // how far an older picture may be scaled while one zooms

} // namespace

CardDetail cardDetail(double scale)
{
    if (scale * kCaptionPixels >= kReadablePixels)
        return CardDetail::Full;
    return scale * kFarTitlePixels >= kReadablePixels ? CardDetail::Titled : CardDetail::Block;
}

void paintWholeCard(QPainter &painter, const NodeItem &item, const Theme &theme, CardDetail detail,
                    Medium medium)
{
    if (detail == CardDetail::Full)
        paintCard(painter, item.look(), theme, medium);
    else
        paintBlock(painter, item.look(), theme, detail == CardDetail::Titled);
    if (detail == CardDetail::Block)
        return;
    if (item.inPort() && item.inPort()->isVisible() && item.inPort()->isPlain())
        item.inPort()->paint(painter, theme);
    for (const PortItem *port : item.outPorts()) {
        if (port->isPlain())
            port->paint(painter, theme);
    }
}

CardPictures::CardPictures(const Theme &theme)
    : m_theme(theme)
    , m_pictures(kCacheKib)
{
}

void CardPictures::beginFrame(double scale, double pixelRatio)
{
    const double next = scale * pixelRatio;
    m_resting = m_scale == 0 || std::abs(next - m_scale) < 1e-9;
    if (!m_resting || pixelRatio != m_pixelRatio)
        m_blocks.clear();
    m_scale = next;
    m_pixelRatio = pixelRatio;
    m_sharp = true;
    m_drawn = 0;
    m_frame.start();
}

QPixmap CardPictures::draw(const NodeItem &item, CardDetail detail) const
{
    const QSizeF room = item.card().marginsAdded(kCardMargins).size() * m_scale;
    QPixmap pixmap(int(std::ceil(room.width())), int(std::ceil(room.height())));
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.scale(m_scale, m_scale);
    painter.translate(kCardMargins.left(), kCardMargins.top());
    paintWholeCard(painter, item, m_theme, detail);
    painter.end();
    pixmap.setDevicePixelRatio(m_pixelRatio);
    return pixmap;
}

const CardPictures::Picture *CardPictures::picture(const NodeItem &item, CardDetail detail)
{
    Picture *known = m_pictures.object(&item);
    const bool exact = known && known->version == item.version() && known->detail == detail &&
                       std::abs(known->scale - m_scale) < 1e-9;
    if (exact)
        return known;
    // While one zooms, and when many cards change at once, what is roughly right will do.
    const double stretch = known ? m_scale / known->scale : 0;
    const bool passable = known && stretch < kStretch && stretch > 1 / kStretch;
    const bool enough = m_drawn >= kDrawnAtLeast && m_frame.elapsed() >= kDrawingMs;
    if (enough || (!m_resting && passable)) {
        m_sharp = false;
        return known;
    }
    ++m_drawn;
    auto *made = new Picture{draw(item, detail), m_scale, item.version(), detail};
    const qsizetype kib = qsizetype(made->pixmap.width()) * made->pixmap.height() * 4 / 1024;
    m_pictures.insert(&item, made, qBound(qsizetype(1), kib, qsizetype(kCacheKib)));
    return made;
}

const QPixmap &CardPictures::block(const NodeItem &item)
{
    const auto known = m_blocks.constFind(item.blockKey());
    if (known != m_blocks.cend())
        return *known;
    return *m_blocks.insert(item.blockKey(), draw(item, CardDetail::Block));
}

void CardPictures::forget(const NodeItem &item)
{
    m_pictures.remove(&item);
}

void CardPictures::forgetAll()
{
    m_pictures.clear();
    m_blocks.clear();
}

} // namespace headgate::ui
