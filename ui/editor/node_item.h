#pragma once

#include "core/policy/policy_document.h"
#include "ui/editor/node_card.h"
#include "ui/editor/port_item.h"

#include <QGraphicsItem>

#include <memory>
#include <vector>

namespace headgate::ui {

// One node as a card. Shows what it is given and changes nothing; the scene keeps it in step with
// the document, and draws it: the item itself is there for its place and its selection.
class NodeItem final : public QGraphicsItem
{
public:
    enum { Type = UserType + 1 };

    NodeItem(policy::NodeId node, const Theme &theme);
    ~NodeItem() override;

    int type() const override { return Type; }
    const policy::NodeId &id() const { return m_id; }
    const QString &kind() const { return m_look.kind; }

    // Title, settings, mode and ports from the document. The position is not touched.
    void setNode(const policy::Node &node, const policy::PolicyDocument &document);
    void setRun(const NodeRun &run);
    const NodeRun &run() const { return m_look.run; }
    // The worst problem of the node, or none.
    void setProblem(std::optional<policy::Problem::Severity> severity, const QString &sentences);
    // Recorded scores in [0, 1] of a gate; with none there is no histogram.
    void setScores(const QList<double> &scores);
    // Shown until the document says otherwise: while a note's corner is dragged.
    void setNoteSize(QSizeF size);
    // A gate's, as the document has it; none where the node is no gate.
    std::optional<double> threshold() const;
    void setPreviewedThreshold(std::optional<double> threshold); // drawn in its place
    // What recorded runs say of the node, in a few words, and their share that went through it.
    void setRemark(const QString &remark);
    void setTraffic(std::optional<double> share);
    // What replayed cases say of it: that none comes here, and how many do in words.
    void setCoverage(bool untaken, const QString &sentence);
    void setBadges(BadgeMode badges);
    void setHovered(bool hovered);
    // No query gets here, because muted nodes cut it off.
    void setCutOff(bool cutOff);
    // Within a collapsed group: not drawn, and not found by the mouse.
    void setFolded(bool folded);
    bool isFolded() const { return m_folded; }

    const NodeCard &look() const { return m_look; }
    QRectF scoresArea() const { return m_look.scoresArea(); } // empty where the node is no gate
    QRectF card() const { return m_look.rect(); }             // in item coordinates
    QRectF place() const { return m_look.rect().translated(pos()); } // on the canvas
    PortItem *inPort() const { return m_inPort.get(); } // nullptr where nothing may lead in
    PortItem *outPort(const QString &name) const;       // nullptr where there is none
    QList<PortItem *> outPorts() const;
    bool hasPlainPorts() const; // none is under the mouse or stands out while a wire is drawn

    QRectF boundingRect() const override; // with ports and labels
    QPainterPath shape() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *) override;

    // Has the drawing show the card anew. Counts up, so that older pictures of it are known.
    void refresh();
    quint64 version() const { return m_version; }
    size_t blockKey() const { return m_blockKey; } // equal for cards that look alike from afar
    QString toolTipText() const;

protected:
    QVariant itemChange(GraphicsItemChange change, const QVariant &value) override;

private:
    void layOut(const policy::NodeKind *kind, const QList<policy::Port> &ports);
    template<typename Value>
    void look(Value NodeCard::*part, const Value &value);

    policy::NodeId m_id;
    const Theme &m_theme;
    NodeCard m_look;
    QList<int> m_counts; // of recorded scores
    QString m_problemText;
    QString m_coverageSentence;
    bool m_folded = false;
    quint64 m_version = 0;
    size_t m_blockKey = 0;
    std::unique_ptr<PortItem> m_inPort;
    std::vector<std::unique_ptr<PortItem>> m_outPorts;
};

} // namespace headgate::ui
