#include "ui/common/empty_state.h"

#include "ui/common/icons.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace headgate::ui {

EmptyState::EmptyState(const QString &icon, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_icon(icon)
    , m_theme(theme)
    , m_picture(new QLabel(this))
    , m_sentence(new QLabel(this))
    , m_actions(new QHBoxLayout)
{
    m_picture->setAlignment(Qt::AlignCenter);
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setWordWrap(true);
    m_sentence->setMinimumWidth(360);
    m_actions->setSpacing(8);
    auto *column = new QVBoxLayout;
    column->setSpacing(16);
    column->addWidget(m_picture);
    column->addWidget(m_sentence);
    auto *row = new QHBoxLayout;
    row->addStretch();
    row->addLayout(m_actions);
    row->addStretch();
    column->addLayout(row);
    auto *layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addLayout(column);
    layout->addStretch(3);
    layout->setAlignment(column, Qt::AlignHCenter);
    connect(&theme, &Theme::changed, this, &EmptyState::paintIcon);
    paintIcon();
}

void EmptyState::setSentence(const QString &sentence)
{
    m_sentence->setText(sentence);
    setAccessibleName(sentence);
}

QString EmptyState::sentence() const
{
    return m_sentence->text();
}

QPushButton *EmptyState::addAction(const QString &text)
{
    Q_ASSERT(m_buttons.size() < 3);
    auto *button = new QPushButton(text, this);
    button->setAccessibleName(text);
    if (m_buttons.isEmpty())
        setRole(button, Role::Primary);
    m_actions->addWidget(button);
    m_buttons.append(button);
    return button;
}

void EmptyState::clearActions()
{
    qDeleteAll(m_buttons);
    m_buttons.clear();
}

void EmptyState::paintIcon()
{
    m_picture->setPixmap(
        iconPixmap(m_icon, m_theme.color(Token::TextFaint), QSize(40, 40), devicePixelRatioF()));
}

} // namespace headgate::ui
