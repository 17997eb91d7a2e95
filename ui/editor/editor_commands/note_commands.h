#pragma once

#include "core/policy/policy_editor.h"

#include <QSizeF>
#include <QUndoCommand>

#include <memory>

namespace headgate::ui {

// The size as a note may have it, in whole canvas units.
QSizeF boundedNoteSize(QSizeF size);
// One step; has changed nothing yet.
std::unique_ptr<QUndoCommand> resizeNoteCommand(policy::PolicyEditor &editor,
                                                const policy::NodeId &note, QSizeF size);

} // namespace headgate::ui
