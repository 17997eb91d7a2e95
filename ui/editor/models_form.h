#pragma once

#include "core/policy/policy_editor.h"

#include <QWidget>

class QTableView;
class QToolButton;
class QUndoStack;

namespace headgate::ui {

class FieldForm;
class ModelsModel;
class Theme;

// The models of the policy: a table, and the fields of the one that is chosen in it. Theme, editor
// and undo stack outlive it.
class ModelsForm final : public QWidget
{
    Q_OBJECT
public:
    ModelsForm(const Theme &theme, policy::PolicyEditor &editor, QUndoStack &undo,
               QWidget *parent = nullptr);

    void choose(const QString &name); // and gives focus to its first field

Q_SIGNALS:
    void addRequested(QWidget *button);

private:
    void refresh();
    void showCurrent();
    void select(const QString &name);
    void removeCurrent();
    void editField(const QString &key, const Json &value);

    policy::PolicyEditor &m_editor;
    QUndoStack &m_undo;
    ModelsModel *m_model = nullptr;
    QTableView *m_table = nullptr;
    QToolButton *m_remove = nullptr;
    FieldForm *m_form = nullptr;
    QString m_current; // name; empty: none chosen
};

} // namespace headgate::ui
