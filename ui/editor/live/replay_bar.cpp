#include "ui/editor/live/replay_bar.h"

#include "ui/common/hop_words.h"
#include "ui/common/icons.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"
#include "ui/editor/live/run_display.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSlider>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kTitleWidth = 220;

// "14:02 · Why is the sky blue?"
QString titleOf(const engine::RunTrace &run)
{
    const QString time = QLocale().toString(run.startedAt.toLocalTime().time(), u"HH:mm:ss"_s);
    const QString prompt = run.query.prompt().simplified();
    return prompt.isEmpty() ? ReplayBar::tr("Replay of %1").arg(time)
                            : ReplayBar::tr("Replay · %1").arg(prompt);
}

} // namespace

ReplayBar::ReplayBar(const Theme &theme, RunDisplay &display, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_display(display)
{
    setObjectName(u"replayBar"_s);
    setAccessibleName(tr("Replay of a run"));
    setRole(this, Role::ToolBar);
    m_title = new QLabel;
    m_title->setTextFormat(Qt::PlainText);
    m_title->setMaximumWidth(kTitleWidth);
    setRole(m_title, Role::Section);
    m_first = makeStep(u"step_first"_s, tr("First step"), u"Alt+Home"_s);
    m_back = makeStep(u"step_back"_s, tr("Step back"), u"Alt+Left"_s);
    m_forward = makeStep(u"step_forward"_s, tr("Step forward"), u"Alt+Right"_s);
    m_last = makeStep(u"step_last"_s, tr("Last step"), u"Alt+End"_s);
    m_slider = new QSlider(Qt::Horizontal);
    m_slider->setObjectName(u"replaySlider"_s);
    m_slider->setAccessibleName(tr("Step of the replay"));
    m_slider->setMinimumWidth(80);
    m_slider->setPageStep(1);
    m_count = new QLabel;
    m_count->setObjectName(u"replayCount"_s);
    setRole(m_count, Role::Secondary);
    m_pin = new QPushButton(tr("Pin path"));
    m_pin->setObjectName(u"pinReplayed"_s);
    m_pin->setToolTip(tr("Checks after each edit that this query still takes this path. Its prompt "
                         "is kept in the policy file."));
    auto *close = new QToolButton;
    close->setObjectName(u"endReplay"_s);
    close->setIcon(themedIcon(u"close"_s, theme));
    close->setToolTip(tr("End the replay"));
    close->setAccessibleName(tr("End the replay"));
    setRole(close, Role::Icon);
    m_sentence = new QLabel;
    m_sentence->setObjectName(u"replaySentence"_s);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);

    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(m_title, 1);
    row->addSpacing(4);
    row->addWidget(m_first);
    row->addWidget(m_back);
    row->addWidget(m_slider, 1);
    row->addWidget(m_forward);
    row->addWidget(m_last);
    row->addWidget(m_count);
    row->addSpacing(4);
    row->addWidget(m_pin);
    row->addWidget(close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 4, 12, 8);
    layout->setSpacing(2);
    layout->addLayout(row);
    layout->addWidget(m_sentence);

    connect(m_first, &QToolButton::clicked, this, [this] { m_display.setStep(1); });
    connect(m_back, &QToolButton::clicked, this,
            [this] { m_display.setStep(m_display.step() - 1); });
    connect(m_forward, &QToolButton::clicked, this,
            [this] { m_display.setStep(m_display.step() + 1); });
    connect(m_last, &QToolButton::clicked, this,
            [this] { m_display.setStep(m_display.stepCount()); });
    connect(m_slider, &QSlider::valueChanged, &m_display, &RunDisplay::setStep);
    connect(m_pin, &QPushButton::clicked, this, &ReplayBar::pinRequested);
    connect(close, &QToolButton::clicked, &m_display, &RunDisplay::endReplay);
    connect(&m_display, &RunDisplay::replayChanged, this, &ReplayBar::refresh);
    refresh();
}

QToolButton *ReplayBar::makeStep(const QString &icon, const QString &name, const QString &key)
{
    auto *button = new QToolButton;
    button->setObjectName(icon);
    button->setIcon(themedIcon(icon, m_theme));
    button->setAccessibleName(name);
    button->setToolTip(tr("%1 (%2)").arg(name, key));
    setRole(button, Role::Icon);
    return button;
}

void ReplayBar::refresh()
{
    setVisible(m_display.isReplaying());
    if (!m_display.isReplaying())
        return;
    const int step = m_display.step();
    const int count = m_display.stepCount();
    const QString title = titleOf(*m_display.replayed());
    m_title->setText(m_title->fontMetrics().elidedText(title, Qt::ElideRight, kTitleWidth));
    m_title->setToolTip(title);
    {
        const QSignalBlocker quiet(m_slider);
        m_slider->setRange(1, count);
        m_slider->setValue(step);
    }
    m_count->setText(tr("Step %1 of %2").arg(step).arg(count));
    m_first->setEnabled(step > 1);
    m_back->setEnabled(step > 1);
    m_forward->setEnabled(step < count);
    m_last->setEnabled(step < count);
    showSentence();
}

void ReplayBar::showSentence()
{
    QString text = stepSentence(*m_display.hop());
    if (const QStringList missing = m_display.missingNodes(); !missing.isEmpty())
        text +=
            u' ' + tr("The policy has changed since: %1 no longer exist in it.", "titles of nodes")
                       .arg(missing.join(", "_L1));
    m_sentence->setText(text);
    QAccessibleEvent announced(m_sentence, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&announced);
}

} // namespace headgate::ui
