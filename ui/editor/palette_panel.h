#pragma once

#include <QWidget>

class QLineEdit;
class QTreeView;

namespace headgate::ui {

class PaletteFilter;
class PaletteModel;
class Theme;

// Kinds of nodes by group, with a search. Drag one to the canvas; Enter or a double-click adds it.
class PalettePanel final : public QWidget
{
    Q_OBJECT
public:
    explicit PalettePanel(const Theme &theme, QWidget *parent = nullptr);

    void focusSearch();

Q_SIGNALS:
    void addRequested(const QString &kind);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void addFirstMatch();
    void add(const QModelIndex &index);

    QLineEdit *m_search = nullptr;
    QTreeView *m_tree = nullptr;
    PaletteModel *m_model = nullptr;
    PaletteFilter *m_filter = nullptr;
};

} // namespace headgate::ui
