#include "ui/editor/editor_commands/pin_commands.h"

#include "ui/common/texts.h"

using namespace Qt::StringLiterals;

namespace headgate::ui {

using policy::RoutePin;

namespace {

constexpr qsizetype kShortName = 40;

QString quoted(const QString &name)
{
    return Texts::tr("“%1”").arg(name.size() > kShortName ? name.left(kShortName - 1) + u'…'
                                                          : name);
}

qsizetype indexOf(const QList<RoutePin> &pins, const QString &id)
{
    const auto it = std::find_if(pins.cbegin(), pins.cend(),
                                 [&id](const RoutePin &pin) { return pin.id == id; });
    return it == pins.cend() ? -1 : it - pins.cbegin();
}

} // namespace

SetPinsCommand::SetPinsCommand(policy::PolicyEditor &editor, QList<RoutePin> pins,
                               const QString &text)
    : QUndoCommand(text)
    , m_editor(editor)
    , m_pins(std::move(pins))
{
}

void SetPinsCommand::redo()
{
    m_before = m_editor.setPins(m_pins);
}

void SetPinsCommand::undo()
{
    m_editor.setPins(m_before);
}

std::unique_ptr<QUndoCommand> addPinCommand(policy::PolicyEditor &editor, RoutePin pin)
{
    QList<RoutePin> pins = editor.document().pins;
    const QString text = Texts::tr("Pin the path of %1").arg(quoted(pin.name));
    pins.append(std::move(pin));
    return std::make_unique<SetPinsCommand>(editor, pins, text);
}

std::unique_ptr<QUndoCommand> removePinCommand(policy::PolicyEditor &editor, const QString &id)
{
    QList<RoutePin> pins = editor.document().pins;
    const qsizetype index = indexOf(pins, id);
    if (index < 0)
        return nullptr;
    const QString text = Texts::tr("Remove the pin %1").arg(quoted(pins[index].name));
    pins.removeAt(index);
    return std::make_unique<SetPinsCommand>(editor, pins, text);
}

std::unique_ptr<QUndoCommand> renamePinCommand(policy::PolicyEditor &editor, const QString &id,
                                               const QString &name)
{
    QList<RoutePin> pins = editor.document().pins;
    const qsizetype index = indexOf(pins, id);
    if (index < 0 || pins[index].name == name || name.trimmed().isEmpty())
        return nullptr;
    pins[index].name = name.trimmed();
    return std::make_unique<SetPinsCommand>(editor, pins,
                                            Texts::tr("Rename a pin to %1").arg(quoted(name)));
}

std::unique_ptr<QUndoCommand> repathPinCommand(policy::PolicyEditor &editor, const QString &id,
                                               const QList<policy::PinnedStep> &path)
{
    QList<RoutePin> pins = editor.document().pins;
    const qsizetype index = indexOf(pins, id);
    if (index < 0 || pins[index].path == path)
        return nullptr;
    pins[index].path = path;
    return std::make_unique<SetPinsCommand>(
        editor, pins, Texts::tr("Accept the new path of %1").arg(quoted(pins[index].name)));
}

policy::PolicyDocument withPinPath(policy::PolicyDocument document, const QString &id,
                                   const QList<policy::PinnedStep> &path)
{
    if (const qsizetype index = indexOf(document.pins, id); index >= 0)
        document.pins[index].path = path;
    return document;
}

policy::PolicyDocument withoutPin(policy::PolicyDocument document, const QString &id)
{
    if (const qsizetype index = indexOf(document.pins, id); index >= 0)
        document.pins.removeAt(index);
    return document;
}

} // namespace headgate::ui
