#include "ui/common/card.h"

#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

Card::Card(const QString &title, QWidget *parent)
    : QFrame(parent)
    , m_title(new QLabel(this))
    , m_note(new QLabel(this))
    , m_header(new QHBoxLayout)
    , m_body(new QVBoxLayout)
{
    setRole(this, Role::Card);
    setRole(m_title, Role::Section);
    setRole(m_note, Role::Secondary);
    m_header->setSpacing(8);
    m_header->addWidget(m_title);
    m_header->addWidget(m_note);
    m_header->addStretch();
    m_body->setSpacing(8);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 16);
    layout->setSpacing(8);
    layout->addLayout(m_header);
    layout->addLayout(m_body, 1);
    setTitle(title);
    setNote({});
}

void Card::setTitle(const QString &title)
{
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    setAccessibleName(title);
}

void Card::setNote(const QString &note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

FigureCard::FigureCard(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_label(new QLabel(this))
    , m_figure(new QLabel(this))
    , m_method(new QLabel(this))
{
    setRole(this, Role::Card);
    setRole(m_label, Role::Secondary);
    setRole(m_method, Role::Faint);
    QFont font = Theme::figureFont(Theme::kFigureSize);
    font.setWeight(QFont::Bold);
    m_figure->setFont(font);
    m_figure->setObjectName(u"figure"_s);
    m_method->setWordWrap(true);
    m_method->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(2);
    layout->addWidget(m_label);
    layout->addWidget(m_figure);
    layout->addWidget(m_method);
    layout->addStretch();
    connect(&theme, &Theme::changed, this, &FigureCard::paintTone);
}

void FigureCard::setFigure(const QString &label, const QString &figure, const QString &method,
                           Tone tone)
{
    m_label->setText(label);
    m_figure->setText(figure);
    m_method->setText(method);
    m_method->setToolTip(method);
    m_tone = tone;
    paintTone();
    setAccessibleName(
        tr("%1: %2. %3", "label, figure, how it was come by").arg(label, figure, method));
}

QString FigureCard::figure() const
{
    return m_figure->text();
}

QString FigureCard::method() const
{
    return m_method->text();
}

void FigureCard::setActivatable(const QString &help)
{
    m_isActivatable = true;
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setToolTip(help);
    setAccessibleDescription(help);
    if (accessibleName().isEmpty())
        setAccessibleName(help); // until there is a figure
}

void FigureCard::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_isActivatable && event->button() == Qt::LeftButton && rect().contains(event->pos()))
        Q_EMIT activated();
    else
        QFrame::mouseReleaseEvent(event);
}

void FigureCard::keyPressEvent(QKeyEvent *event)
{
    const int key = event->key();
    if (m_isActivatable && (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space))
        Q_EMIT activated();
    else
        QFrame::keyPressEvent(event);
}

void FigureCard::paintTone()
{
    const Token token = m_tone == Tone::Good  ? Token::Good
                        : m_tone == Tone::Bad ? Token::Bad
                                              : Token::Text;
    QPalette palette = m_figure->palette();
    palette.setColor(QPalette::WindowText, m_theme.color(token));
    m_figure->setPalette(palette);
}

} // namespace headgate::ui
