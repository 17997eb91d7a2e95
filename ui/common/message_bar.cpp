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
    , m_action(new QPushButton(this))
    , m_close(new QToolButton(this))
{
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setRole(m_action, Role::Link);
    setRole(m_close, Role::Icon);
    m_close->setIcon(themedIcon(u"close"_s, theme));
    m_close->setToolTip(tr("Dismiss"));
    m_close->setAccessibleName(tr("Dismiss this message"));
    m_action->setObjectName(u"messageAction"_s);
    m_action->setAccessibleName(tr("Act on this message"));
    m_action->hide();
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 6, 8, 6);
    layout->setSpacing(8);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_action);
    layout->addWidget(m_close);
    connect(m_action, &QPushButton::clicked, this, [this] {
        const auto action = m_do; // it may show the next message
        dismiss();
        if (action)
            action();
    });
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
    m_count = isHidden() || sentence != m_sentence ? 1 : m_count + 1;
    m_level = level;
    m_sentence = sentence;
    m_do = std::move(action);
    m_text->setText(m_count == 1 ? sentence : tr("%1 (%n times)", nullptr, m_count).arg(sentence));
    m_action->setText(actionText);
    if (!actionText.isEmpty())
        m_action->setAccessibleName(actionText);
    m_action->setVisible(!actionText.isEmpty());
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
    m_do = {};
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
