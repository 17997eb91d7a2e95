#include "ui/common/mode_bar.h"

#include "ui/common/icons.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"

#include <QButtonGroup>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

ModeBar::ModeBar(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_group(new QButtonGroup(this))
    , m_layout(new QVBoxLayout(this))
{
    setFixedWidth(Theme::kModeBarWidth);
    setAccessibleName(tr("Modes"));
    m_layout->setContentsMargins(2, 8, 2, 8);
    m_layout->setSpacing(2);
    m_layout->addStretch();
    connect(m_group, &QButtonGroup::idClicked, this, &ModeBar::modeChosen);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ModeBar::addMode(int mode, const QString &icon, const QString &text, const QString &shortcut)
{
    auto *button = new QToolButton(this);
    setRole(button, Role::Mode);
    button->setObjectName(u"mode-"_s + icon);
    button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    button->setIcon(themedIcon(icon, m_theme));
    button->setIconSize(QSize(20, 20));
    button->setText(text);
    button->setAccessibleName(text);
    button->setToolTip(tr("%1 (%2)", "mode, shortcut").arg(text, shortcut));
    button->setCheckable(true);
    button->setFixedSize(Theme::kModeBarWidth - 5, 56);
    m_group->addButton(button, mode);
    m_layout->insertWidget(m_layout->count() - 1, button);
}

void ModeBar::setCurrent(int mode)
{
    if (QAbstractButton *button = m_group->button(mode))
        button->setChecked(true);
}

int ModeBar::current() const
{
    return m_group->checkedId();
}

QList<int> ModeBar::modes() const
{
    QList<int> modes;
    for (const QAbstractButton *button : m_group->buttons())
        modes.append(m_group->id(const_cast<QAbstractButton *>(button)));
    return modes;
}

void ModeBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::Window));
    painter.fillRect(QRect(width() - 1, 0, 1, height()), m_theme.color(Token::Line));
}

} // namespace headgate::ui
