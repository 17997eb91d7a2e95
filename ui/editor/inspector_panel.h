#pragma once

#include "core/policy/policy_editor.h"
#include "ui/editor/known_models.h"

#include <QScrollArea>

class QStackedWidget;
class QUndoStack;

namespace headgate::ui {

class ArtifactLibrary;
class FieldForm;
class ModelSearchPopup;
class ModelsForm;
class NodeForm;
class Theme;
class WireForm;

// The settings of what is selected: of one node or of several, of a wire; of the whole policy
// where nothing is. Edits are live and undoable. Theme, editor and undo stack outlive it.
class InspectorPanel final : public QScrollArea
{
    Q_OBJECT
public:
    InspectorPanel(const Theme &theme, policy::PolicyEditor &editor, QUndoStack &undo,
                   QWidget *parent = nullptr);

    // Wires count only where no node is selected.
    void setSelection(const QList<policy::NodeId> &nodes, const QList<policy::Wire> &wires);
    // A drag elsewhere that is not written yet; none: it is over.
    void preview(const policy::NodeId &node, const QString &key, const std::optional<Json> &value);
    void showProblems(const QList<policy::Problem> &problems);
    void focusTitle();
    void focusFirstField();
    void focusField(const QString &key); // of the shown node or policy
    void showModel(const QString &name); // of the policy; nothing is selected

    // What is offered where a model is added; asked each time. Without it models are entered by
    // hand.
    void setKnownModels(KnownModelsSource source) { m_knownModels = std::move(source); }

    // For fields that name a trained file; before one is shown. It outlives the panel.
    void setArtifacts(ArtifactLibrary *artifacts);

    // A part that shows below the fields while one node of this kind is selected. Taken over.
    void addSection(const QString &kind, QWidget *section);

Q_SIGNALS:
    void nodeChosen(const headgate::policy::NodeId &node);
    void modelChosen(const QString &name); // it is to be shown, to be described
    // A drag in a field that is not written yet.
    void previewed(const headgate::policy::NodeId &node, const QString &key,
                   const headgate::Json &value);

private:
    QWidget *makePolicyPage();
    void connectEditor();
    void refresh();
    void showPolicy();
    void editPolicy(const QString &key, const Json &value);
    // `key`: the field of the shown nodes or policy that takes it; empty: the policy just gets it.
    void offerModels(const QWidget &below, const QString &key);
    void takeModel(const policy::Model &model);

    policy::PolicyEditor &m_editor;
    QUndoStack &m_undo;
    QList<policy::NodeId> m_nodes;
    QList<policy::Wire> m_wires;
    QStackedWidget *m_pages = nullptr;
    NodeForm *m_nodePage = nullptr;
    WireForm *m_wirePage = nullptr;
    QWidget *m_policyPage = nullptr;
    FieldForm *m_policyForm = nullptr;
    ModelsForm *m_models = nullptr;
    ModelSearchPopup *m_modelSearch = nullptr;
    QString m_modelKey; // of offerModels()
    KnownModelsSource m_knownModels;
};

} // namespace headgate::ui
