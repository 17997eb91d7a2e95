#include "ui/editor/node_look.h"

#include "ui/common/icons.h"
#include "ui/common/kind_style.h"
#include "ui/common/texts.h"

#include <QIconEngine>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

// Draws the tile anew at each size, so that it is sharp at every device pixel ratio.
class KindIconEngine final : public QIconEngine
{
public:
    KindIconEngine(QString kind, const Theme &theme)
        : m_kind(std::move(kind))
        , m_theme(&theme)
    {
    }

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
    const Theme *m_theme;
};

} // namespace

void paintKindTile(QPainter &painter, const QRectF &tile, const QString &kind, const Theme &theme)
{
    const KindStyle style = kindStyle(kind);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(style.wash));
    painter.drawRoundedRect(tile, tile.width() / 4, tile.width() / 4);
    const double inset = tile.width() / 6;
    paintIcon(painter, tile.adjusted(inset, inset, -inset, -inset), style.icon,
              theme.color(style.ink));
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
    case policy::NodeGroup::Flow:
        return Texts::tr("Start and end");
    case policy::NodeGroup::Route:
        return Texts::tr("Route");
    case policy::NodeGroup::Call:
        return Texts::tr("Call");
    case policy::NodeGroup::Check:
        return Texts::tr("Check");
    case policy::NodeGroup::Note:
        return Texts::tr("Note");
    case policy::NodeGroup::Cache:
        return Texts::tr("Cache");
    }
    return {};
}

QList<const policy::NodeKind *> kindsByGroup()
{
    using policy::NodeGroup;
    QList<const policy::NodeKind *> kinds;
    for (const NodeGroup group : {NodeGroup::Route, NodeGroup::Call, NodeGroup::Check,
                                  NodeGroup::Cache, NodeGroup::Note, NodeGroup::Flow}) {
        for (const policy::NodeKind &kind : policy::nodeKinds()) {
            if (kind.group == group)
                kinds.append(&kind);
        }
    }
    return kinds;
}

QString nodeName(const policy::Node &node)
{
    return node.title.isEmpty() ? kindLabel(node.kind) : node.title;
}

bool isSimulatedProvider(const QString &provider)
{
    return provider.startsWith("sim-"_L1);
}

} // namespace headgate::ui
