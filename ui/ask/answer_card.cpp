#include "ui/ask/answer_card.h"

#include "core/common/redaction.h"
#include "ui/ask/answer_text.h"
#include "ui/common/hop_words.h"
#include "ui/common/number_format.h"
#include "ui/common/style_sheet.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kColumnWidth = 840; // longer lines are hard to read

QLabel *textLabel(Role role, const QString &name)
{
    auto *label = new QLabel;
    setRole(label, role);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->hide();
    return label;
}

QString headline(const engine::RunTrace &trace)
{
    switch (trace.status) {
    case engine::RunStatus::Answered:
    case engine::RunStatus::LimitedAnswer:
        return trace.hops.value(trace.answeringHop).title;
    case engine::RunStatus::Cancelled:
        return AnswerCard::tr("Stopped");
    case engine::RunStatus::Failed:
        break;
    }
    return AnswerCard::tr("No answer");
}

QString figures(const engine::RunTrace &trace)
{
    QStringList parts;
    parts.append(trace.unknownPrices > 0 ? AnswerCard::tr("%1 · calls without a price: %2")
                                               .arg(formatMoney(trace.cost))
                                               .arg(trace.unknownPrices)
                                         : formatMoney(trace.cost));
    parts.append(formatDuration(trace.latency));
    if (trace.firstToken)
        parts.append(AnswerCard::tr("first token %1").arg(formatDuration(*trace.firstToken)));
    return parts.join(u" · "_s);
}

} // namespace

AnswerCard::AnswerCard(const QString &question, QWidget *parent)
    : QWidget(parent)
{
    auto *bubble = new QLabel(question);
    setRole(bubble, Role::Bubble);
    bubble->setObjectName(u"question"_s);
    bubble->setTextFormat(Qt::PlainText);
    bubble->setWordWrap(true);
    bubble->setTextInteractionFlags(Qt::TextSelectableByMouse);
    bubble->setAccessibleName(tr("Question: %1").arg(question));

    auto *asked = new QHBoxLayout;
    asked->addSpacing(120);
    asked->addWidget(bubble, 1);

    m_saving = textLabel(Role::Secondary, u"saving"_s);
    auto *column = new QWidget;
    column->setMaximumWidth(kColumnWidth);
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 16);
    layout->setSpacing(12);
    layout->addLayout(asked);
    layout->addWidget(makeCard());
    layout->addWidget(m_saving);

    auto *centre = new QHBoxLayout(this);
    centre->setContentsMargins(0, 0, 0, 0);
    centre->addWidget(column, 1);
}

QFrame *AnswerCard::makeCard()
{
    auto *card = new QFrame;
    setRole(card, Role::Card);
    m_model = textLabel(Role::Heading, u"answeringModel"_s);
    m_model->setWordWrap(false);
    m_simulated = textLabel(Role::WarnTag, u"simulatedTag"_s);
    m_simulated->setText(tr("SIM"));
    m_simulated->setToolTip(tr("Answered by the simulated fleet"));
    m_simulated->setWordWrap(false);
    m_route = textLabel(Role::Secondary, u"route"_s);
    m_figures = textLabel(Role::Section, u"figures"_s);
    m_figures->setWordWrap(false);
    m_text = new AnswerText;
    m_text->setObjectName(u"answer"_s);
    m_rule = new QFrame;
    setRole(m_rule, Role::Rule);
    m_rule->setFixedHeight(1);
    m_rule->hide();

    auto *header = new QHBoxLayout;
    header->setSpacing(8);
    header->addWidget(m_model);
    header->addWidget(m_simulated, 0, Qt::AlignVCenter);
    header->addWidget(m_route, 1);
    header->addWidget(m_figures);

    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    layout->addLayout(header);
    layout->addWidget(m_text);
    layout->addWidget(m_rule);
    layout->addLayout(makeReasonRow());
    m_route->setText(tr("Sending…"));
    m_route->show();
    return card;
}

QHBoxLayout *AnswerCard::makeReasonRow()
{
    m_reason = textLabel(Role::Secondary, u"reason"_s);
    m_showGate = new QPushButton;
    m_showGate->setObjectName(u"showGate"_s);
    setRole(m_showGate, Role::Link);
    m_showGate->hide();
    connect(m_showGate, &QPushButton::clicked, this, [this] { Q_EMIT gateActivated(m_gate); });
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_reason, 1);
    row->addWidget(m_showGate, 0, Qt::AlignTop);
    return row;
}

void AnswerCard::beginText(const QString &nodeTitle)
{
    m_model->setText(nodeTitle);
    m_model->show();
    m_route->setText(tr("provisional"));
    m_text->replace({});
}

void AnswerCard::appendText(const QString &text)
{
    m_text->append(text);
}

void AnswerCard::showWaiting(const QString &nodeTitle, std::chrono::milliseconds wait)
{
    m_route->setText(tr("%1 is tried again in %2").arg(nodeTitle, formatDuration(wait)));
    m_route->show();
}

void AnswerCard::finish(const engine::RunTrace &trace, const std::optional<OtherRoute> &other)
{
    m_trace = trace;
    m_model->setText(headline(trace));
    m_model->show();
    m_simulated->setVisible(trace.simulated);
    m_route->setText(trace.status == engine::RunStatus::LimitedAnswer
                         ? tr("best answer so far: %1").arg(trace.error)
                         : routeSummary(trace));
    m_figures->setText(figures(trace));
    m_figures->show();
    const bool answered = trace.answeringHop >= 0;
    // A server may repeat the key that it was called with.
    m_text->replace(answered ? withoutKnownKeys(trace.answer) : trace.error);
    m_reason->setText(other ? otherRouteSentence(*other) : routeReason(trace));
    m_reason->setVisible(!m_reason->text().isEmpty());
    if (other) {
        m_gate = other->gate;
        m_showGate->setText(tr("Show %1").arg(other->gateTitle));
        m_showGate->setToolTip(tr("Select the gate that decided in the drawing"));
        m_showGate->show();
    }
    m_rule->setVisible(m_reason->isVisibleTo(this));
    QString saving = savingSentence(trace);
    if (!saving.isEmpty() && trace.baselineEstimated)
        saving = tr("%1 Estimated from this answer's length, %2.")
                     .arg(saving, formatTokens(trace.hops.value(trace.answeringHop).usage.output));
    m_saving->setText(saving);
    m_saving->setVisible(!saving.isEmpty());
}

void AnswerCard::mousePressEvent(QMouseEvent *event)
{
    QWidget::mousePressEvent(event);
    if (m_trace)
        Q_EMIT activated();
}

} // namespace headgate::ui
