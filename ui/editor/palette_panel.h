#pragma once

#include <QWidget>

class QLineEdit;
class QTreeView;

namespace headgate::ui {

class KindUsage;
class PaletteFilter;
class PaletteModel;
class Theme;

// Kinds of nodes by group, with a search that ranks favourites and what was used last first. Drag
// one to the canvas; Enter or a double-click adds it; the context menu makes it a favourite. Theme
// and usage outlive it.
class PalettePanel final : public QWidget
{
    Q_OBJECT
public:
    PalettePanel(const Theme &theme, KindUsage &usage, QWidget *parent = nullptr);

    void focusSearch();

Q_SIGNALS:
    void addRequested(const QString &kind);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void layOut();
    void search(const QString &text);
    bool handleSearchKey(int key);
    bool handleTreeKey(int key);
    QModelIndex firstKind() const;
    void openMenu(const QPoint &place);
    void add(const QModelIndex &index);

    KindUsage &m_usage;
    QLineEdit *m_search = nullptr;
    QTreeView *m_tree = nullptr;
    QWidget *m_nothing = nullptr;
    PaletteModel *m_grouped = nullptr;
    PaletteModel *m_flat = nullptr; // while something is searched
    PaletteFilter *m_filter = nullptr;
};

} // namespace headgate::ui
