#pragma once

#include "core/policy/policy_editor.h"

#include <QHash>

#include <memory>

class QUndoStack;

namespace headgate::ui {

using PolicyPtr = std::shared_ptr<const policy::PolicyDocument>;

// The policies that an undo stack has led through, by its index, kept as they pass: none of them
// can be had again without going back there. Steps that only move, rename or group share one.
class PolicyHistory final : public QObject
{
    Q_OBJECT
public:
    // Both outlive the history.
    PolicyHistory(const policy::PolicyEditor &editor, const QUndoStack &undo,
                  QObject *parent = nullptr);

    struct Step
    {
        int index = 0;    // of the undo stack
        QString text;     // of the step that led there
        PolicyPtr policy; // nullptr: it was before what is kept
    };
    QList<Step> steps() const; // all of the stack, those that were undone included
    int current() const;

Q_SIGNALS:
    void changed();

private:
    void take();
    void startAnew();
    void drop();

    const policy::PolicyEditor &m_editor;
    const QUndoStack &m_undo;
    QHash<int, PolicyPtr> m_policies;
};

// Whether two policies differ only in what queries do not see: places, titles, groups, pins.
bool routesAlike(const policy::PolicyDocument &a, const policy::PolicyDocument &b);

} // namespace headgate::ui
