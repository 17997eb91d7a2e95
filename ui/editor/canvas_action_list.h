#pragma once

#include <QAction>
#include <QObject>

#include <functional>

class QKeyEvent;

namespace headgate::policy {
class PolicyEditor;
}

namespace headgate::ui {

class PolicyScene;
class PolicyView;

// Everything that can be done to the drawing, as actions with text, keys and enabled state: what
// menus, the outline's rows and lists of commands show. The keys act only while the canvas has the
// focus. All three outlive the list.
class CanvasActionList final : public QObject
{
    Q_OBJECT
public:
    CanvasActionList(PolicyView &view, PolicyScene &scene, policy::PolicyEditor &editor);

    const QList<QAction *> &all() const { return m_actions; }
    // By its stable name ("canvas.duplicate"); asserts that there is one.
    QAction *action(const char *name) const;
    // Does what the keys stand for; a sign counts with and without the Shift that writes it.
    bool trigger(const QKeyEvent &event);

private:
    enum class Needs { Nothing, Node, OneNode, TwoNodes, ThreeNodes, NodeOrWire, AnyNode, Group };
    using Act = std::function<void()>;

    QAction *add(const char *name, const QString &text, const QList<QKeySequence> &keys,
                 Needs needs, const Act &act);
    void addEdits();
    void addClipboard();
    void addModesAndGroups();
    void addArranging();
    void addMoves();
    void addViewing();
    void refresh();
    void refreshSoon(); // once for all changes of a command

    PolicyView &m_view;
    PolicyScene &m_scene;
    policy::PolicyEditor &m_editor;
    QList<QAction *> m_actions; // children
    QHash<QAction *, Needs> m_needs;
    bool m_refreshing = false;
};

} // namespace headgate::ui
