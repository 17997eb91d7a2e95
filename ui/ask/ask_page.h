#pragma once

#include "core/engine/query_runner.h"
#include "core/policy/policy_editor.h"

#include <QWidget>

class QPlainTextEdit;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace headgate::ui {

class AnswerCard;
class PathStrip;
class QueryService;
class Theme;
class TracePanel;

// Sends a query through the drawn policy, unsaved edits included, and shows the answer as it
// streams, who gave it at what cost and in what time, and every step on the way. Queries of other
// pages are not its own: while one runs, there is nothing to send.
class AskPage final : public QWidget
{
    Q_OBJECT
public:
    // All three outlive the page.
    AskPage(const Theme &theme, const policy::PolicyEditor &editor, QueryService &queries,
            QWidget *parent = nullptr);

public Q_SLOTS:
    void send(); // what the prompt field holds
    void run();  // the same, else the last query again, else an easy practice prompt
    void focusPrompt();
    void setPrompt(const QString &prompt);
    void showHop(const QString &runId, int hop); // in the trace, where that run is shown

Q_SIGNALS:
    void nodeActivated(const headgate::policy::NodeId &node);
    void drawingRequested(); // the drawing is to be shown, with the node activated before
    void hopSelected(const QString &runId, int hop);
    void replayRequested(const headgate::engine::RunTrace &trace, int hop);
    void pinRequested(const headgate::engine::RunTrace &trace);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeConversation();
    QWidget *makeEmptyState();
    QWidget *makePromptRow();
    void begin(const QString &prompt);
    void follow(const engine::RunEvent &event);
    void finish(const engine::RunTrace &trace);
    void showRefusal(const QString &sentence);
    void showRun(const engine::RunTrace &trace);
    void updateButtons();
    void fitPrompt();
    QString titleOf(const policy::NodeId &node) const;

    const Theme &m_theme;
    const policy::PolicyEditor &m_editor;
    QueryService &m_queries;
    PathStrip *m_strip = nullptr;
    TracePanel *m_trace = nullptr;
    QScrollArea *m_scroll = nullptr;
    QVBoxLayout *m_exchanges = nullptr;
    QWidget *m_empty = nullptr;
    QPlainTextEdit *m_prompt = nullptr;
    QPushButton *m_send = nullptr;
    QPushButton *m_stop = nullptr;
    QList<AnswerCard *> m_cards;
    AnswerCard *m_current = nullptr;
    QString m_lastPrompt;
    policy::NodeId m_speaking; // whose text the current card shows
    bool m_sending = false;    // what the service starts or refuses next comes from here
};

} // namespace headgate::ui
