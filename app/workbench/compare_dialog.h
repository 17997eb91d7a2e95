#pragma once

#include "core/policy/policy_difference.h"

#include <QDialog>

#include <functional>

class QDialogButtonBox;

namespace headgate::workbench {

// Lists in words what differs between two states of a policy. Changes nothing; not modal; goes
// when it is closed.
class CompareDialog final : public QDialog
{
    Q_OBJECT
public:
    // `intro` says which two states they are.
    CompareDialog(const QString &intro, const QList<policy::Difference> &differences,
                  QWidget *parent);

    // A button that closes the dialog and acts.
    void addChoice(const QString &text, std::function<void()> act);

private:
    QDialogButtonBox *m_buttons = nullptr;
};

} // namespace headgate::workbench
