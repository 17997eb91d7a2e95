#include "ui/ask/answer_text.h"

#include <QWheelEvent>

#include <cmath>

using namespace Qt::StringLiterals;

namespace headgate::ui {

AnswerText::AnswerText(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setFrameShape(QFrame::NoFrame);
    setStyleSheet(u"QPlainTextEdit { border: none; padding: 0; background: transparent; }"_s);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    document()->setDocumentMargin(0);
    setAccessibleName(tr("Answer"));
    setTabChangesFocus(true);
}

void AnswerText::append(const QString &text)
{
    QTextCursor end(document());
    end.movePosition(QTextCursor::End);
    end.insertText(text);
    updateGeometry();
}

void AnswerText::replace(const QString &text)
{
    if (toPlainText() == text)
        return;
    setPlainText(text);
    updateGeometry();
}

int AnswerText::textHeight() const
{
    // QPlainTextDocumentLayout measures its height in lines.
    const double lines = std::max(1.0, document()->size().height());
    return int(std::ceil(lines * fontMetrics().lineSpacing())) + 2;
}

QSize AnswerText::sizeHint() const
{
    return {320, textHeight()};
}

void AnswerText::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        updateGeometry();
}

void AnswerText::wheelEvent(QWheelEvent *event)
{
    event->ignore();
}

} // namespace headgate::ui
