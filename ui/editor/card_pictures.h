#pragma once

#include "ui/common/theme.h"
#include "ui/editor/node_card.h"

#include <QCache>
#include <QElapsedTimer>
#include <QHash>
#include <QPixmap>

class QPainter;

namespace headgate::ui {

class NodeItem;

enum class CardDetail { Block, Titled, Full };

// What can be read at a scale of the canvas (1 = 100 %).
CardDetail cardDetail(double scale);

// The card with those of its ports that look as always; the painter stands at its corner.
void paintWholeCard(QPainter &painter, const NodeItem &item, const Theme &theme, CardDetail detail,
                    Medium medium = Medium::Screen);

// Cards as they come out on the screen, so that a frame need not draw them anew. While one zooms,
// older pictures are stretched; they are made sharp a few a frame once the scale rests.
class CardPictures
{
public:
    struct Picture
    {
        QPixmap pixmap;   // with the card's margins; its pixel ratio is that of the device
        double scale = 0; // device pixels a canvas unit
        quint64 version = 0;
        CardDetail detail = CardDetail::Full;
    };

    explicit CardPictures(const Theme &theme);

    // Before the cards of one frame are asked for. `scale` is that of the canvas.
    void beginFrame(double scale, double pixelRatio);
    // In Titled and Full detail; nullptr where this frame has made enough of them and there is no
    // older one: show its block then. Valid until the next call.
    const Picture *picture(const NodeItem &item, CardDetail detail);
    // From afar, the same for all cards that look alike.
    const QPixmap &block(const NodeItem &item);
    // Whether every card of the frame was shown sharp; if not, another frame would improve it.
    bool isSharp() const { return m_sharp; }

    void forget(const NodeItem &item);
    void forgetAll();

private:
    QPixmap draw(const NodeItem &item, CardDetail detail) const;

    const Theme &m_theme;
    QCache<const NodeItem *, Picture> m_pictures; // cost in KiB
    QHash<size_t, QPixmap> m_blocks;              // of the current scale
    double m_scale = 0;                           // device pixels a canvas unit
    double m_pixelRatio = 1;
    bool m_resting = true; // the scale is that of the frame before
    bool m_sharp = true;
    QElapsedTimer m_frame;
    int m_drawn = 0; // pictures that this frame has made
};

} // namespace headgate::ui
