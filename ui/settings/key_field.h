#pragma once

#include <QKeySequence>
#include <QLineEdit>

namespace headgate::ui {

// Takes the keys that are pressed in it as a shortcut. Tab, Shift+Tab and Esc keep their meaning;
// Backspace and Delete alone mean: no keys.
class KeyField final : public QLineEdit
{
    Q_OBJECT
public:
    explicit KeyField(QWidget *parent = nullptr);

    void setKeys(const QKeySequence &keys); // shows them; emits nothing

Q_SIGNALS:
    void taken(const QKeySequence &keys); // empty: none

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
};

} // namespace headgate::ui
