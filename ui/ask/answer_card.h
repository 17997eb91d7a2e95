#pragma once

#include "ui/ask/other_route.h"

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace headgate::ui {

class AnswerText;

// One exchange: the question, and the card with the answer, who gave it, what it cost and why it
// came from there. While the run is under way the text is provisional: a gate may yet reject it.
class AnswerCard final : public QWidget
{
    Q_OBJECT
public:
    explicit AnswerCard(const QString &question, QWidget *parent = nullptr);

    void beginText(const QString &nodeTitle); // a new node's answer replaces the one before
    void appendText(const QString &text);
    void showWaiting(const QString &nodeTitle, std::chrono::milliseconds wait);
    // `other`: the way not taken, where a gate decided.
    void finish(const engine::RunTrace &trace, const std::optional<OtherRoute> &other);

    const std::optional<engine::RunTrace> &trace() const { return m_trace; }

Q_SIGNALS:
    void activated();                                         // its trace is to be shown
    void gateActivated(const headgate::policy::NodeId &gate); // that decided

protected:
    void mousePressEvent(QMouseEvent *event) override;

private:
    QFrame *makeCard();
    QHBoxLayout *makeReasonRow();

    QLabel *m_model = nullptr;
    QLabel *m_simulated = nullptr;
    QLabel *m_route = nullptr;
    QLabel *m_figures = nullptr;
    AnswerText *m_text = nullptr;
    QFrame *m_rule = nullptr;
    QLabel *m_reason = nullptr;
    QPushButton *m_showGate = nullptr;
    QLabel *m_saving = nullptr;
    std::optional<engine::RunTrace> m_trace;
    policy::NodeId m_gate;
};

} // namespace headgate::ui
