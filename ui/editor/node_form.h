#pragma once

#include "core/policy/policy_editor.h"

#include <QWidget>

class QLabel;
class QUndoStack;
class QVBoxLayout;

namespace headgate::ui {

class ArtifactLibrary;
class FieldForm;
class FieldRow;
class Theme;

// The settings of one node, or what several nodes have in common, drawn from their kinds' fields.
// An edit of several is one step of undo. Theme, editor and undo stack outlive it.
class NodeForm final : public QWidget
{
    Q_OBJECT
public:
    NodeForm(const Theme &theme, policy::PolicyEditor &editor, QUndoStack &undo,
             QWidget *parent = nullptr);

    // For fields that name a trained file; before nodes are shown. It outlives the form.
    void setArtifacts(ArtifactLibrary *artifacts);
    void setNodes(const QList<policy::NodeId> &nodes); // nodes that are there
    void refresh();                                    // from the document
    // What a field would hold if the drag that is going on elsewhere ended here; none: as written.
    void preview(const policy::NodeId &node, const QString &key, const std::optional<Json> &value);
    void showProblems(const QList<policy::Problem> &problems);
    void focusTitle();
    void focusFirst();
    void focusField(const QString &key);

    // A part that shows below the fields while one node of this kind is selected. Taken over.
    void addSection(const QString &kind, QWidget *section);

Q_SIGNALS:
    // A drag in a field that is not written yet, of the one node.
    void previewed(const headgate::policy::NodeId &node, const QString &key,
                   const headgate::Json &value);
    void modelRequested(const QString &key, QWidget *row); // one that the policy does not have yet

private:
    struct Section
    {
        QString kind;
        QWidget *widget = nullptr;
    };

    void layOut();
    void showOne(const policy::Node &node);
    void showSeveral(const QList<const policy::Node *> &nodes);
    void showValues(const QList<policy::Field> &fields, const QList<const policy::Node *> &nodes);
    QStringList modelNames() const;
    void showMode(const QList<const policy::Node *> &nodes);
    void editTitle(const Json &value);
    void editMode(const Json &value);

    const Theme &m_theme;
    policy::PolicyEditor &m_editor;
    QUndoStack &m_undo;
    QList<policy::NodeId> m_nodes;
    QLabel *m_tile = nullptr;
    QLabel *m_heading = nullptr;
    QLabel *m_help = nullptr;
    QLabel *m_nothing = nullptr;
    FieldRow *m_title = nullptr;
    FieldForm *m_mode = nullptr; // active, muted, bypassed
    FieldForm *m_form = nullptr;
    QVBoxLayout *m_layout = nullptr;
    QList<Section> m_sections;
};

} // namespace headgate::ui
