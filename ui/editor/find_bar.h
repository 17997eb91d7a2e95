#pragma once

#include "core/policy/policy_editor.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QLineEdit;

namespace headgate::ui {

class PolicyScene;
class Theme;

// Finds nodes of the drawing by title, kind, model or settings: all that match are outlined, Enter
// and F3 go to the next one, Shift with either to the one before, Esc closes. Theme, editor and
// scene outlive it.
class FindBar final : public QWidget
{
    Q_OBJECT
public:
    FindBar(const Theme &theme, policy::PolicyEditor &editor, PolicyScene &scene,
            QWidget *parent = nullptr);
    ~FindBar() override;

    void open(); // shows itself, takes focus, keeps what was searched
    void step(int by); // to the next match or the one before

Q_SIGNALS:
    void nodeFound(const headgate::policy::NodeId &node);
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void close();
    void search();
    void goTo(qsizetype match);
    void outlineMatches();
    void clearOutlines();
    void showCount();
    bool matches(const policy::Node &node, const QStringList &words) const;

    const Theme &m_theme;
    policy::PolicyEditor &m_editor;
    PolicyScene &m_scene;
    QLineEdit *m_search = nullptr;
    QLabel *m_count = nullptr;
    QList<policy::NodeId> m_matches;
    qsizetype m_current = -1;
};

} // namespace headgate::ui
