#include "ui/editor/node_look.h"

#include <QCoreApplication>
#include <QIconEngine>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(headgate::ui)
};

policy::NodeGroup groupOf(const QString &kind)
{
    const policy::NodeKind *known = policy::nodeKind(kind);
    return known ? known->group : policy::NodeGroup::Flow;
}

QPainterPath lines(std::initializer_list<std::initializer_list<QPointF>> strokes)
{
    QPainterPath path;
    for (const auto &stroke : strokes) {
        path.moveTo(*stroke.begin());
        for (const QPointF &point : stroke)
            path.lineTo(point);
    }
    return path;
}

QPainterPath ruleGlyph()
{
    return lines({{{4, 6}, {6, 8}, {9, 4}}, {{12, 6}, {17, 6}}, {{4, 13}, {6, 15}, {9, 11}},
                  {{12, 13}, {17, 13}}});
}

QPainterPath classifierGlyph()
{
    QPainterPath path;
    path.addRoundedRect(QRectF(3, 3, 5, 5), 1, 1);
    path.addRoundedRect(QRectF(12, 3, 5, 5), 1, 1);
    path.addRoundedRect(QRectF(3, 12, 5, 5), 1, 1);
    path.addEllipse(QPointF(14.5, 14.5), 2.7, 2.7);
    return path;
}

QPainterPath nearestGlyph()
{
    QPainterPath path;
    path.addEllipse(QPointF(10, 10), 2.2, 2.2);
    path.addEllipse(QPointF(10, 10), 6.8, 6.8);
    path.addPath(lines({{{10, 1.6}, {10, 3.2}}, {{10, 16.8}, {10, 18.4}}, {{1.6, 10}, {3.2, 10}},
                        {{16.8, 10}, {18.4, 10}}}));
    return path;
}

QPainterPath predictorGlyph()
{
    return lines({{{3, 16.5}, {17, 16.5}}, {{4, 12.5}, {8, 8.5}, {11, 11}, {16.5, 4.5}},
                  {{12.8, 4.2}, {16.8, 4.2}, {16.8, 8.2}}});
}

QPainterPath splitGlyph()
{
    QPainterPath path = lines({{{3, 10}, {7, 10}}, {{14, 2.5}, {17, 5}, {14, 7.5}},
                               {{14, 12.5}, {17, 15}, {14, 17.5}}});
    path.moveTo(7, 10);
    path.cubicTo(11, 10, 10, 5, 16.5, 5);
    path.moveTo(7, 10);
    path.cubicTo(11, 10, 10, 15, 16.5, 15);
    return path;
}

QPainterPath modelGlyph()
{
    QPainterPath path;
    path.addRoundedRect(QRectF(5, 5, 10, 10), 2, 2);
    path.addRoundedRect(QRectF(8.2, 8.2, 3.6, 3.6), 0.8, 0.8);
    path.addPath(lines({{{8, 2}, {8, 5}}, {{12, 2}, {12, 5}}, {{8, 15}, {8, 18}},
                        {{12, 15}, {12, 18}}, {{2, 8}, {5, 8}}, {{2, 12}, {5, 12}},
                        {{15, 8}, {18, 8}}, {{15, 12}, {18, 12}}}));
    return path;
}

QPainterPath gateGlyph()
{
    return lines({{{4, 10.5}, {8.2, 14.8}, {16, 5.5}}});
}

QPainterPath cacheGlyph()
{
    QPainterPath path;
    path.addEllipse(QPointF(10, 5.2), 6, 2.6);
    path.moveTo(4, 5.2);
    path.lineTo(4, 14.6);
    path.cubicTo(4, 18.2, 16, 18.2, 16, 14.6);
    path.lineTo(16, 5.2);
    path.moveTo(4, 10);
    path.cubicTo(4, 13.5, 16, 13.5, 16, 10);
    return path;
}

QPainterPath queryGlyph()
{
    QPainterPath path;
    path.addRoundedRect(QRectF(3, 4, 14, 9.6), 2.4, 2.4);
    path.addPath(lines({{{6.5, 13.6}, {6.5, 17}, {10, 13.6}}}));
    return path;
}

QPainterPath answerGlyph()
{
    return lines({{{3, 10}, {13, 10}}, {{9, 5.8}, {13.2, 10}, {9, 14.2}}, {{16.6, 3.6}, {16.6, 16.4}}});
}

QPainterPath unknownGlyph()
{
    QPainterPath path;
    path.addRoundedRect(QRectF(4, 4, 12, 12), 2, 2);
    path.addPath(lines({{{7, 7}, {13, 13}}, {{13, 7}, {7, 13}}}));
    return path;
}

// Draws the tile anew at each size, so that it is sharp at every device pixel ratio.
class KindIconEngine final : public QIconEngine
{
public:
    KindIconEngine(QString kind, const Theme &theme) : m_kind(std::move(kind)), m_theme(&theme) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode, QIcon::State) override
    {
        paintKindTile(*painter, rect, m_kind, *m_theme);
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }
    QIconEngine *clone() const override { return new KindIconEngine(m_kind, *m_theme); }

private:
    QString m_kind;
    const Theme *m_theme; // outlives the widgets that show the icon
};

} // namespace

Token kindToken(const QString &kind)
{
    switch (groupOf(kind)) {
    case policy::NodeGroup::Route: return Token::Route;
    case policy::NodeGroup::Call: return Token::Model;
    case policy::NodeGroup::Check: return Token::Check;
    case policy::NodeGroup::Flow:
    case policy::NodeGroup::Cache: return Token::Flow;
    }
    return Token::Flow;
}

Token kindWashToken(const QString &kind)
{
    switch (groupOf(kind)) {
    case policy::NodeGroup::Route: return Token::RouteWash;
    case policy::NodeGroup::Call: return Token::ModelWash;
    case policy::NodeGroup::Check: return Token::CheckWash;
    case policy::NodeGroup::Flow:
    case policy::NodeGroup::Cache: return Token::FlowWash;
    }
    return Token::FlowWash;
}

QPainterPath kindGlyph(const QString &kind)
{
    using Make = QPainterPath (*)();
    static const QHash<QString, Make> glyphs = {
        {u"query"_s, queryGlyph},           {u"rule"_s, ruleGlyph},
        {u"classifier"_s, classifierGlyph}, {u"nearest"_s, nearestGlyph},
        {u"predictor"_s, predictorGlyph},   {u"split"_s, splitGlyph},
        {u"model"_s, modelGlyph},           {u"gate"_s, gateGlyph},
        {u"cache"_s, cacheGlyph},           {u"answer"_s, answerGlyph},
    };
    return glyphs.value(kind, unknownGlyph)();
}

void paintKindTile(QPainter &painter, const QRectF &tile, const QString &kind, const Theme &theme)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(kindWashToken(kind)));
    painter.drawRoundedRect(tile, tile.width() / 4, tile.width() / 4);
    const double inset = tile.width() / 6;
    const double scale = (tile.width() - 2 * inset) / 20;
    painter.translate(tile.topLeft() + QPointF(inset, inset));
    painter.scale(scale, scale);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.color(kindToken(kind)), 1.7, Qt::SolidLine, Qt::RoundCap,
                        Qt::RoundJoin));
    painter.drawPath(kindGlyph(kind));
    painter.restore();
}

QIcon kindIcon(const QString &kind, const Theme &theme)
{
    return QIcon(new KindIconEngine(kind, theme));
}

QString kindLabel(const QString &kind)
{
    const policy::NodeKind *known = policy::nodeKind(kind);
    return known ? known->label : kind;
}

QString groupLabel(policy::NodeGroup group)
{
    switch (group) {
    case policy::NodeGroup::Flow: return Texts::tr("Start and end");
    case policy::NodeGroup::Route: return Texts::tr("Route");
    case policy::NodeGroup::Call: return Texts::tr("Call");
    case policy::NodeGroup::Check: return Texts::tr("Check");
    case policy::NodeGroup::Cache: return Texts::tr("Cache");
    }
    return {};
}

bool isSimulatedProvider(const QString &provider)
{
    return provider.startsWith("sim-"_L1);
}

} // namespace headgate::ui
