#pragma once

#include "ui/editor/palette_model.h"

#include <QFrame>

class QLineEdit;
class QListView;

namespace headgate::ui {

// The list of kinds that opens at the mouse: type, arrows, Enter; Esc leaves.
class NodeSearchPopup final : public QFrame
{
    Q_OBJECT
public:
    explicit NodeSearchPopup(const Theme &theme, QWidget *parent = nullptr);

    void openAt(QPoint globalPlace, const QString &prompt, PaletteFilter::Accept accept);

Q_SIGNALS:
    void chosen(const QString &kind);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void choose(const QModelIndex &index);
    void moveCurrent(int by);

    QLineEdit *m_search = nullptr;
    QListView *m_list = nullptr;
    PaletteFilter *m_filter = nullptr;
};

} // namespace headgate::ui
