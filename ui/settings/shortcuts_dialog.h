#pragma once

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;

namespace headgate::ui {

class KeyField;
class Shortcuts;

// All shortcuts in one list, each of which can be changed; keys that belong to another action are
// refused with its name. What is changed holds at once.
class ShortcutsDialog final : public QDialog
{
    Q_OBJECT
public:
    explicit ShortcutsDialog(Shortcuts &shortcuts, QWidget *parent = nullptr); // outlives it

private:
    QWidget *makeEditor();
    void layOut();
    QString currentId() const;
    void showCurrent();
    void take(const QKeySequence &keys);
    void say(const QString &sentence, bool refused);

    Shortcuts &m_shortcuts;
    QSortFilterProxyModel *m_filter = nullptr;
    QLineEdit *m_search = nullptr;
    QTableView *m_table = nullptr;
    QLabel *m_label = nullptr;
    KeyField *m_keys = nullptr;
    QPushButton *m_reset = nullptr;
    QLabel *m_sentence = nullptr;
};

} // namespace headgate::ui
