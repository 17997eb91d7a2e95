#include "ui/editor/editor_commands/note_commands.h"

#include "core/policy/node_kind.h"
#include "ui/common/texts.h"
#include "ui/editor/editor_commands/node_commands.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

// Within what the kind's own description of the field allows.
double bounded(double value, QLatin1StringView key)
{
    const policy::NodeKind *kind = policy::nodeKind(u"note"_s);
    Q_ASSERT(kind);
    for (const policy::Field &field : kind->fields) {
        if (field.key == key)
            return qBound(field.minimum, std::round(value), field.maximum);
    }
    return std::round(value);
}

} // namespace

QSizeF boundedNoteSize(QSizeF size)
{
    return {bounded(size.width(), "width"_L1), bounded(size.height(), "height"_L1)};
}

std::unique_ptr<QUndoCommand> resizeNoteCommand(policy::PolicyEditor &editor,
                                                const policy::NodeId &note, QSizeF size)
{
    const QSizeF wanted = boundedNoteSize(size);
    const policy::Node *node = editor.document().node(note);
    auto whole = std::make_unique<QUndoCommand>(
        Texts::tr("Resize “%1”").arg(node ? policy::displayName(*node) : note.value));
    new SetConfigValueCommand(editor, note, u"width"_s, int(wanted.width()), editNow(),
                              whole.get());
    new SetConfigValueCommand(editor, note, u"height"_s, int(wanted.height()), editNow(),
                              whole.get());
    return whole;
}

} // namespace headgate::ui
