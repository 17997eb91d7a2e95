#include "ui/settings/key_field.h"

#include <QKeyEvent>

namespace headgate::ui {

namespace {

bool isModifier(int key)
{
    return key == Qt::Key_Control || key == Qt::Key_Shift || key == Qt::Key_Alt ||
           key == Qt::Key_Meta || key == Qt::Key_AltGr || key == Qt::Key_unknown;
}

bool keepsItsMeaning(int key)
{
    return key == Qt::Key_Tab || key == Qt::Key_Backtab || key == Qt::Key_Escape;
}

} // namespace

KeyField::KeyField(QWidget *parent)
    : QLineEdit(parent)
{
    setReadOnly(true);
    setPlaceholderText(tr("Press keys"));
}

void KeyField::setKeys(const QKeySequence &keys)
{
    setText(keys.toString(QKeySequence::NativeText));
}

bool KeyField::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *press = static_cast<QKeyEvent *>(event);
        event->setAccepted(!keepsItsMeaning(press->key()));
        return true;
    }
    return QLineEdit::event(event);
}

void KeyField::keyPressEvent(QKeyEvent *event)
{
    const int key = event->key();
    if (keepsItsMeaning(key)) {
        event->ignore();
        return;
    }
    if (isModifier(key))
        return;
    const bool clears =
        event->modifiers() == Qt::NoModifier && (key == Qt::Key_Backspace || key == Qt::Key_Delete);
    // The keypad's keys are the same shortcut as their twins.
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const QKeySequence keys =
        clears ? QKeySequence() : QKeySequence(QKeyCombination(modifiers, Qt::Key(key)));
    Q_EMIT taken(keys);
}

void KeyField::contextMenuEvent(QContextMenuEvent *event)
{
    event->ignore();
}

} // namespace headgate::ui
