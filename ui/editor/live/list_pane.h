#pragma once

#include <QWidget>

class QAbstractItemView;
class QLabel;
class QPushButton;

namespace headgate::ui {

// A list with what can be done to its current row beside it; while it is empty a sentence stands in
// its place.
class ListPane final : public QWidget
{
    Q_OBJECT
public:
    // Takes the list and the buttons.
    ListPane(QAbstractItemView *list, const QList<QPushButton *> &buttons, const QString &whenEmpty,
             QWidget *parent = nullptr);

    void setFilled(bool filled);

private:
    QAbstractItemView *m_list = nullptr;
    QWidget *m_bar = nullptr;
    QLabel *m_empty = nullptr;
};

} // namespace headgate::ui
