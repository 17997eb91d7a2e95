#pragma once

#include "core/policy/policy_editor.h"

#include <QScrollArea>

class QLabel;
class QStackedWidget;
class QUndoStack;

namespace headgate::ui {

class FieldForm;
class FieldRow;
class Theme;

// The settings of the selected node, drawn from its kind's fields; of the whole policy where none
// is selected. Edits are live and undoable. Theme, editor and undo stack outlive it.
class InspectorPanel final : public QScrollArea
{
    Q_OBJECT
public:
    InspectorPanel(const Theme &theme, policy::PolicyEditor &editor, QUndoStack &undo,
                   QWidget *parent = nullptr);

    void setNodes(const QList<policy::NodeId> &nodes); // the selection
    void showProblems(const QList<policy::Problem> &problems);
    void focusTitle();
    void focusFirstField();

private:
    QWidget *makeNodePage();
    QWidget *makePolicyPage();
    void refresh();
    void showNode(const policy::Node &node);
    void showPolicy();
    void editTitle(const Json &value);
    void editConfig(const QString &key, const Json &value);
    void editPolicy(const QString &key, const Json &value);
    QStringList modelNames() const;

    const Theme &m_theme;
    policy::PolicyEditor &m_editor;
    QUndoStack &m_undo;
    QList<policy::NodeId> m_nodes;
    QStackedWidget *m_pages = nullptr;
    QWidget *m_nodePage = nullptr;
    QWidget *m_policyPage = nullptr;
    QLabel *m_severalPage = nullptr;
    QLabel *m_kind = nullptr;
    QLabel *m_tile = nullptr;
    QLabel *m_help = nullptr;
    FieldRow *m_title = nullptr;
    FieldForm *m_form = nullptr;
    FieldForm *m_policyForm = nullptr;
};

} // namespace headgate::ui
