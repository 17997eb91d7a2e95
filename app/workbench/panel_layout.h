#pragma once

#include <QByteArray>
#include <QObject>
#include <QStringList>

class QSplitter;
class QWidget;

namespace headgate::workbench {

// How the panels of a page share its room, and which of them are folded away. The page's splitters
// and panels are found by their object names; pages of one kind can hand their layout on.
class PanelLayout final : public QObject
{
    Q_OBJECT
public:
    // The page outlives the layout and has its splitters. `panels`: what may be folded away.
    PanelLayout(QWidget &page, const QStringList &panels);

    QByteArray save() const;
    // Of another session or page; anything else, such as nothing, leaves the layout as it is.
    void restore(const QByteArray &saved);
    void reset(); // as the page was made

    void setShown(const QString &panel, bool shown);
    bool isShown(const QString &panel) const;

Q_SIGNALS:
    void changed(); // by the user

private:
    QWidget *panel(const QString &name) const;

    QWidget &m_page;
    QStringList m_panels;
    QList<QSplitter *> m_splitters;
    QByteArray m_default;
};

} // namespace headgate::workbench
