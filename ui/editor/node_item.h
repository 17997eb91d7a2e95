#pragma once

#include "core/policy/policy_document.h"
#include "core/policy/policy_validation.h"
#include "ui/common/theme.h"
#include "ui/editor/gate_scores.h"
#include "ui/editor/run_overlay.h"

#include <QGraphicsItem>

namespace headgate::ui {

class PortItem;

// One node as a card. Shows what it is given and changes nothing; the scene keeps it in step with
// the document.
class NodeItem final : public QGraphicsItem
{
public:
    enum { Type = UserType + 1 };

    NodeItem(policy::NodeId node, const Theme &theme);
    ~NodeItem() override;

    int type() const override { return Type; }
    const policy::NodeId &id() const { return m_id; }
    const QString &kind() const { return m_kind; }

    // Title, settings and ports from the document. The position is not touched.
    void setNode(const policy::Node &node, const policy::PolicyDocument &document);
    void setRun(const NodeRun &run);
    const NodeRun &run() const { return m_run; }
    // The worst problem of the node, or none.
    void setProblem(std::optional<policy::Problem::Severity> severity, const QString &sentences);
    // Recorded scores in [0, 1] of a gate; with none there is no histogram.
    void setScores(const QList<double> &scores);

    QRectF scoresArea() const; // in item coordinates; empty where the node is no gate
    QRectF card() const { return {0, 0, m_width, m_height}; } // in item coordinates
    PortItem *inPort() const { return m_inPort; }             // nullptr where nothing may lead in
    PortItem *outPort(const QString &name) const;             // nullptr where there is none
    const QList<PortItem *> &outPorts() const { return m_outPorts; }

    QRectF boundingRect() const override;
    QPainterPath shape() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *) override;

protected:
    QVariant itemChange(GraphicsItemChange change, const QVariant &value) override;

private:
    void layOut(const policy::NodeKind *kind, const QList<policy::Port> &ports);
    void updateToolTip();
    void paintBlock(QPainter &painter, double scale) const;
    void paintCard(QPainter &painter) const;
    void paintHeader(QPainter &painter) const;
    void paintStrip(QPainter &painter) const;
    void paintSimulatedStripe(QPainter &painter) const;
    QPen outline() const;

    policy::NodeId m_id;
    const Theme &m_theme;
    QString m_kind;
    QString m_title;
    QString m_summary;
    bool m_hasStrip = false;
    bool m_simulated = false;
    std::optional<GateScores> m_scores; // of a gate
    QList<int> m_counts;                // of its recorded scores
    NodeRun m_run;
    std::optional<policy::Problem::Severity> m_problem;
    QString m_problemText;
    double m_width = 0;
    double m_height = 0;
    PortItem *m_inPort = nullptr; // children: deleted with the node
    QList<PortItem *> m_outPorts;
};

} // namespace headgate::ui
