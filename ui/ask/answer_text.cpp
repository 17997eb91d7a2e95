#include "ui/ask/answer_text.h"

#include "core/common/redaction.h"

#include <QMimeData>
#include <QTextBlock>
#include <QWheelEvent>

#include <cmath>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr qsizetype kLongestBlock = 2000; // laid out anew with each piece that is added to it
constexpr int kGoesOn = 1;                // state of a block whose paragraph goes on in the next

} // namespace

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
    m_text += text;
    QTextCursor end(document());
    end.movePosition(QTextCursor::End);
    qsizetype done = 0;
    while (done < text.size()) {
        const qsizetype room = qMax(qsizetype(0), kLongestBlock - end.block().length());
        const qsizetype line = text.indexOf(u'\n', done);
        const qsizetype until = line < 0 ? text.size() : line + 1;
        if (until - done <= room) {
            end.insertText(text.mid(done, until - done));
            done = until;
            continue;
        }
        // After the last space that has room; without one, anywhere but within a character.
        qsizetype cut = text.lastIndexOf(u' ', done + room) + 1;
        if (cut <= done)
            cut = done + room;
        const QString last = cut > done ? text.mid(cut - 1, 1) : end.block().text().right(1);
        if (!last.isEmpty() && last.front().isHighSurrogate())
            ++cut;
        if (cut >= text.size()) {
            end.insertText(text.mid(done));
            break;
        }
        end.insertText(text.mid(done, cut - done));
        end.block().setUserState(kGoesOn);
        end.insertBlock();
        done = cut;
    }
    updateGeometry();
}

void AnswerText::replace(const QString &text)
{
    if (m_text == text)
        return;
    m_text.clear();
    clear();
    append(text);
}

QMimeData *AnswerText::createMimeDataFromSelection() const
{
    const QTextCursor selected = textCursor();
    QString text;
    for (QTextBlock block = document()->findBlock(selected.selectionStart());
         block.isValid() && block.position() < selected.selectionEnd(); block = block.next()) {
        const int from = qMax(0, selected.selectionStart() - block.position());
        const int to = qMin(block.length() - 1, selected.selectionEnd() - block.position());
        text += block.text().mid(from, to - from);
        if (selected.selectionEnd() > block.position() + block.length() - 1 &&
            block.userState() != kGoesOn)
            text += u'\n';
    }
    auto *copied = new QMimeData;
    copied->setText(withoutKnownKeys(text));
    return copied;
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
