#pragma once

#include <QKeyEvent>
#include <QKeySequence>
#include <QWidget>

#include <functional>

namespace headgate::ui {

// Undo and redo belong to the policy unless the field holds something that is not written yet:
// then they are the field's own.
class UndoHandOver final : public QObject
{
public:
    UndoHandOver(QWidget *edit, std::function<bool()> holdsOwn)
        : QObject(edit)
        , m_holdsOwn(std::move(holdsOwn))
    {
        edit->installEventFilter(this);
    }
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() != QEvent::ShortcutOverride)
            return false;
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool history = key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo);
        if (!history || m_holdsOwn())
            return false;
        event->ignore();
        return true;
    }

private:
    std::function<bool()> m_holdsOwn;
};

} // namespace headgate::ui
