#pragma once

#include "core/policy/policy_editor.h"
#include "ui/editor/known_models.h"

#include <QFrame>

class QUndoStack;

namespace headgate::ui {

class ModelSearchPopup;
class PolicyView;
class Theme;

// What an empty drawing offers, over its canvas: one sentence, a first model wired between query
// and answer, the way to the templates. Is there while the policy has neither models to call nor
// routes. Theme, view, editor and undo stack outlive it.
class FirstModel final : public QFrame
{
    Q_OBJECT
public:
    FirstModel(const Theme &theme, PolicyView &view, policy::PolicyEditor &editor,
               QUndoStack &undo);

    void setKnownModels(KnownModelsSource source);

Q_SIGNALS:
    void added(const headgate::policy::NodeId &node);
    void modelAdded(const QString &name); // one to be described by hand
    void templatesRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void follow();
    void place();
    void add(const policy::Model &model);

    policy::PolicyEditor &m_editor;
    QUndoStack &m_undo;
    ModelSearchPopup *m_search = nullptr; // a child
    KnownModelsSource m_knownModels;
};

} // namespace headgate::ui
