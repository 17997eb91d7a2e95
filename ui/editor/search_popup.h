#pragma once

#include <QFrame>

class QLineEdit;
class QListView;
class QModelIndex;
class QVBoxLayout;

namespace headgate::ui {

// A list that opens at a place of the canvas: type to search, Up and Down choose, Enter or a click
// takes, Esc leaves. What is listed and what a choice means is its heirs' business.
class SearchPopup : public QFrame
{
    Q_OBJECT
protected:
    explicit SearchPopup(QWidget *parent); // the heir gives the list its model

    void showAt(QPoint globalPlace, QSize size); // moved into the screen, the search empty
    void chooseFirst();
    bool eventFilter(QObject *watched, QEvent *event) override;

    virtual void search(const QString &text) = 0;
    virtual void take(const QModelIndex &row) = 0;
    virtual bool handleKey(int key); // of the search, besides the list's

    QVBoxLayout &column() const { return *m_column; }
    QLineEdit &text() const { return *m_text; }
    QListView &list() const { return *m_list; }

private:
    void moveCurrent(int by);

    QVBoxLayout *m_column = nullptr;
    QLineEdit *m_text = nullptr;
    QListView *m_list = nullptr;
};

} // namespace headgate::ui
