#include "ui/common/message_bar.h"

#include "ui/common/icons.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

struct Look
{
    Token ink;
    Token wash;
    const char *icon;
};

Look lookOf(MessageBar::Level level)
{
    switch (level) {
    case MessageBar::Level::Information:
        return {Token::Accent, Token::AccentWash, "info"};
    case MessageBar::Level::Warning:
        return {Token::Warning, Token::WarningWash, "warning"};
    case MessageBar::Level::Error:
        return {Token::Bad, Token::BadWash, "error"};
    }
    Q_UNREACHABLE();
}

} // namespace

MessageBar::MessageBar(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_close(new QToolButton(this))
{
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setRole(m_close, Role::Icon);
    m_close->setIcon(themedIcon(u"close"_s, theme));
    m_close->setToolTip(tr("Dismiss"));
    m_close->setAccessibleName(tr("Dismiss this message"));
    m_layout = new QHBoxLayout(this);
    m_layout->setContentsMargins(12, 6, 8, 6);
    m_layout->setSpacing(8);
    m_layout->addWidget(m_icon);
    m_layout->addWidget(m_text, 1);
    m_layout->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, [this] {
        dismiss();
        Q_EMIT dismissed();
    });
    connect(&theme, &Theme::changed, this, &MessageBar::updateLook);
    hide();
}

void MessageBar::showMessage(Level level, const QString &sentence, const QString &actionText,
                             std::function<void()> action)
{
    setActions(actionText.isEmpty() ? QList<Action>()
                                    : QList<Action>{{actionText, std::move(action)}});
    say(level, sentence);
}

void MessageBar::showChoice(Level level, const QString &sentence, const QList<Action> &actions)
{
    setActions(actions);
    say(level, sentence);
}

void MessageBar::setActions(const QList<Action> &actions)
{
    for (QPushButton *button : std::exchange(m_actions, {})) {
        m_layout->removeWidget(button);
        button->setObjectName({});
        button->hide();
        button->deleteLater(); // it may be the one that was just clicked
    }
    for (const Action &action : actions) {
        auto *button = new QPushButton(action.text, this);
        setRole(button, Role::Link);
        const qsizetype number = m_actions.size() + 1;
        button->setObjectName(number == 1 ? u"messageAction"_s : u"messageAction%1"_s.arg(number));
        button->setAccessibleName(action.text);
        connect(button, &QPushButton::clicked, this, [this, action] {
            if (!action.stays)
                dismiss();
            if (action.act)
                action.act(); // it may show the next message
        });
        m_layout->insertWidget(m_layout->count() - 1, button);
        m_actions.append(button);
    }
}

void MessageBar::say(Level level, const QString &sentence)
{
    m_count = isHidden() || sentence != m_sentence ? 1 : m_count + 1;
    m_level = level;
    m_sentence = sentence;
    m_text->setText(m_count == 1 ? sentence : tr("%1 (%n times)", nullptr, m_count).arg(sentence));
    setAccessibleName(m_text->text());
    updateLook();
    show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void MessageBar::dismiss()
{
    hide();
    m_count = 0;
}

void MessageBar::updateLook()
{
    const Look look = lookOf(m_level);
    m_icon->setPixmap(iconPixmap(QLatin1StringView(look.icon), m_theme.color(look.ink),
                                 QSize(18, 18), devicePixelRatioF()));
    update();
}

void MessageBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Look look = lookOf(m_level);
    painter.fillRect(rect(), m_theme.color(look.wash));
    painter.setPen(m_theme.color(Token::Line));
    painter.drawLine(rect().bottomLeft(), rect().bottomRight());
}

} // namespace headgate::ui
