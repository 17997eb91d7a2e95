#include "ui/ask/ask_page.h"

#include "core/simulation/practice_prompts.h"
#include "ui/ask/answer_card.h"
#include "ui/ask/path_strip.h"
#include "ui/ask/trace_panel.h"
#include "ui/common/empty_state.h"
#include "ui/common/panes.h"
#include "ui/common/query_service.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"

#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr qsizetype kCardsKept = 100;
constexpr int kPromptLines = 6;
constexpr int kPromptPadding = 20;
constexpr QSize kButtonSize(72, 38);
// The sheet sets the height of buttons; these are as tall as the field beside them.
const QString kTallButton = u"QPushButton { min-height: 28px; }"_s;

struct Suggestion
{
    QString label;
    QString prompt;
};

// The word problem whose difficulty is nearest: their answers show their working, so they stream.
QString practicePrompt(const QList<simulation::PracticePrompt> &prompts, double difficulty)
{
    const simulation::PracticePrompt *nearest = nullptr;
    for (const simulation::PracticePrompt &prompt : prompts) {
        if (prompt.kind != "word_problem"_L1)
            continue;
        if (!nearest ||
            std::abs(prompt.difficulty - difficulty) < std::abs(nearest->difficulty - difficulty))
            nearest = &prompt;
    }
    return nearest ? nearest->prompt : QString();
}

// An easy, a middling and a hard one, so that a newcomer sees the cascade escalate.
QList<Suggestion> suggestions()
{
    const QList<simulation::PracticePrompt> prompts = simulation::practicePrompts();
    return {{AskPage::tr("Ask an easy one"), practicePrompt(prompts, 0.1)},
            {AskPage::tr("A harder one"), practicePrompt(prompts, 0.55)},
            {AskPage::tr("A hard one"), practicePrompt(prompts, 0.9)}};
}

} // namespace

AskPage::AskPage(const Theme &theme, const policy::PolicyEditor &editor, QueryService &queries,
                 QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_editor(editor)
    , m_queries(queries)
{
    m_strip = new PathStrip(theme);
    m_trace = new TracePanel(theme);
    m_trace->setMinimumWidth(280);

    auto *centre = new QWidget;
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_strip);
    column->addWidget(makeConversation(), 1);
    column->addWidget(makePromptRow());

    m_trace->setObjectName(u"tracePanel"_s);
    auto *splitter = new QSplitter;
    splitter->setObjectName(u"askColumns"_s);
    splitter->addWidget(centre);
    splitter->addWidget(m_trace);
    setPane(centre, 0);
    setPane(m_trace, 1);
    splitter->setStretchFactor(0, 1);
    splitter->setCollapsible(0, false);
    splitter->setSizes({1000, 400});
    splitter->setHandleWidth(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);

    connect(&queries, &QueryService::started, this, [this](const policy::Query &query) {
        if (std::exchange(m_sending, false)) {
            m_prompt->clear();
            begin(query.prompt());
        }
        updateButtons();
    });
    connect(&queries, &QueryService::refused, this, [this](const QString &sentence) {
        if (std::exchange(m_sending, false))
            showRefusal(sentence);
        updateButtons();
    });
    connect(&queries, &QueryService::event, this, &AskPage::follow);
    connect(&queries, &QueryService::finished, this, &AskPage::finish);
    connect(m_strip, &PathStrip::nodeActivated, this, &AskPage::nodeActivated);
    connect(m_trace, &TracePanel::nodeSelected, this, &AskPage::nodeActivated);
    connect(m_trace, &TracePanel::hopSelected, this, &AskPage::hopSelected);
    connect(m_trace, &TracePanel::replayRequested, this, &AskPage::replayRequested);
    connect(m_trace, &TracePanel::pinRequested, this, &AskPage::pinRequested);
    m_strip->clear(tr("The path that the next query takes appears here."));
    updateButtons();
}

QWidget *AskPage::makeConversation()
{
    auto *body = new QWidget;
    m_exchanges = new QVBoxLayout(body);
    m_exchanges->setContentsMargins(24, 20, 24, 8);
    m_exchanges->setSpacing(8);
    m_empty = makeEmptyState();
    m_exchanges->addWidget(m_empty, 1);
    m_exchanges->addStretch();

    m_scroll = new QScrollArea;
    m_scroll->setWidgetResizable(true);
    m_scroll->setWidget(body);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setAccessibleName(tr("Conversation"));
    // Follows the answer while it grows, unless the reader has scrolled away from its end.
    connect(m_scroll->verticalScrollBar(), &QScrollBar::rangeChanged, this,
            [this](int, int maximum) {
                QScrollBar *bar = m_scroll->verticalScrollBar();
                if (maximum - bar->value() < 3 * m_scroll->viewport()->height() / 2)
                    bar->setValue(maximum);
            });
    return m_scroll;
}

QWidget *AskPage::makeEmptyState()
{
    auto *state = new EmptyState(u"ask"_s, m_theme);
    state->setObjectName(u"askEmpty"_s);
    state->setSentence(
        tr("Send a query and watch which model answers it. The path lights up in the "
           "drawing, and the trace shows every step with its score, cost and time."));
    for (const auto &[label, prompt] : suggestions()) {
        QPushButton *button = state->addAction(label);
        button->setToolTip(prompt);
        connect(button, &QPushButton::clicked, this, [this, text = prompt] {
            setPrompt(text);
            send();
        });
    }
    return state;
}

QWidget *AskPage::makePromptRow()
{
    m_prompt = new QPlainTextEdit;
    m_prompt->setObjectName(u"prompt"_s);
    m_prompt->setAccessibleName(tr("Prompt"));
    m_prompt->setPlaceholderText(tr("Ask something…  Enter sends, Shift+Enter starts a new line"));
    m_prompt->setTabChangesFocus(true);
    m_prompt->installEventFilter(this);
    connect(m_prompt, &QPlainTextEdit::textChanged, this, &AskPage::updateButtons);
    connect(m_prompt, &QPlainTextEdit::textChanged, this, &AskPage::fitPrompt);

    m_send = new QPushButton(tr("Send"));
    m_send->setObjectName(u"send"_s);
    setRole(m_send, Role::Primary);
    m_send->setMinimumWidth(kButtonSize.width());
    m_send->setStyleSheet(kTallButton);
    connect(m_send, &QPushButton::clicked, this, &AskPage::send);
    m_stop = new QPushButton(tr("Stop"));
    m_stop->setObjectName(u"stop"_s);
    m_stop->setMinimumWidth(kButtonSize.width());
    m_stop->setStyleSheet(kTallButton);
    connect(m_stop, &QPushButton::clicked, &m_queries, &QueryService::stop);

    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(24, 8, 24, 16);
    layout->setSpacing(8);
    layout->addWidget(m_prompt, 1);
    layout->addWidget(m_send, 0, Qt::AlignBottom);
    layout->addWidget(m_stop, 0, Qt::AlignBottom);
    fitPrompt();
    return row;
}

void AskPage::fitPrompt()
{
    const int lines = qBound(1, int(m_prompt->document()->size().height()), kPromptLines);
    m_prompt->setFixedHeight(std::max(
        kButtonSize.height(), lines * m_prompt->fontMetrics().lineSpacing() + kPromptPadding));
}

bool AskPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_prompt && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isReturn = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        // Shift+Enter is a new line, as in every chat field.
        if (isReturn && !key->modifiers().testFlag(Qt::ShiftModifier)) {
            send();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void AskPage::setPrompt(const QString &prompt)
{
    m_prompt->setPlainText(prompt);
    m_prompt->moveCursor(QTextCursor::End);
}

void AskPage::showHop(const QString &runId, int hop)
{
    m_trace->showHop(runId, hop);
}

void AskPage::focusPrompt()
{
    m_prompt->setFocus(Qt::ShortcutFocusReason);
}

void AskPage::send()
{
    const QString prompt = m_prompt->toPlainText().trimmed();
    if (prompt.isEmpty() || m_queries.isRunning())
        return;
    m_sending = true; // until it is started or refused
    m_queries.start(m_editor.document(), prompt);
    updateButtons();
}

void AskPage::run()
{
    if (m_prompt->toPlainText().trimmed().isEmpty() && !m_queries.isRunning())
        setPrompt(m_lastPrompt.isEmpty() ? suggestions().first().prompt : m_lastPrompt);
    send();
}

void AskPage::begin(const QString &prompt)
{
    m_lastPrompt = prompt;
    m_empty->hide();
    m_current = new AnswerCard(prompt);
    m_speaking = {};
    m_cards.append(m_current);
    m_exchanges->insertWidget(m_exchanges->count() - 1, m_current);
    if (m_cards.size() > kCardsKept)
        m_cards.takeFirst()->deleteLater();
    connect(m_current, &AnswerCard::activated, this, [this, card = m_current] {
        if (card->trace() && !m_queries.isRunning())
            showRun(*card->trace());
    });
    connect(m_current, &AnswerCard::gateActivated, this, [this](const policy::NodeId &gate) {
        Q_EMIT nodeActivated(gate);
        Q_EMIT drawingRequested();
    });
    m_strip->clear(tr("On its way…"));
    m_trace->clear();
    updateButtons();
}

void AskPage::follow(const engine::RunEvent &event)
{
    if (!m_current)
        return;
    switch (event.kind) {
    case engine::RunEvent::Kind::Begun:
    case engine::RunEvent::Kind::NodeStarted:
        break;
    case engine::RunEvent::Kind::Text:
        if (m_speaking != event.node) {
            m_speaking = event.node;
            m_current->beginText(titleOf(event.node));
        }
        m_current->appendText(event.text);
        break;
    case engine::RunEvent::Kind::HopEnded:
        m_strip->append(event.hop);
        m_trace->append(event.hop);
        break;
    case engine::RunEvent::Kind::Waiting:
        m_current->showWaiting(titleOf(event.node), event.wait);
        break;
    }
}

void AskPage::finish(const engine::RunTrace &trace)
{
    updateButtons();
    if (!m_current)
        return;
    m_current->finish(trace, otherRoute(trace, m_editor.document(), m_queries.catalog()));
    m_current = nullptr;
    showRun(trace);
}

void AskPage::showRun(const engine::RunTrace &trace)
{
    m_strip->show(trace.hops);
    m_trace->show(trace);
}

void AskPage::showRefusal(const QString &sentence)
{
    m_strip->clear(sentence);
}

void AskPage::updateButtons()
{
    const bool running = m_queries.isRunning();
    m_send->setVisible(!running);
    m_stop->setVisible(running);
    m_send->setEnabled(!m_prompt->toPlainText().trimmed().isEmpty());
}

QString AskPage::titleOf(const policy::NodeId &node) const
{
    const policy::Node *found = m_editor.document().node(node);
    return found && !found->title.isEmpty() ? found->title : node.value;
}

} // namespace headgate::ui
