#include "ui/editor/wire_form.h"

#include "core/policy/node_kind.h"
#include "ui/common/style_sheet.h"
#include "ui/editor/editor_commands/compound_commands.h"

#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QUndoStack>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

QLabel *fieldLabel(const QString &text, QWidget *buddy = nullptr)
{
    auto *label = new QLabel(text);
    setRole(label, Role::Secondary);
    label->setBuddy(buddy);
    return label;
}

QString nameOf(const policy::PolicyDocument &document, const policy::NodeId &id)
{
    const policy::Node *node = document.node(id);
    return node ? policy::displayName(*node) : id.value;
}

} // namespace

WireForm::WireForm(policy::PolicyEditor &editor, QUndoStack &undo, QWidget *parent)
    : QWidget(parent)
    , m_editor(editor)
    , m_undo(undo)
    , m_heading(new QLabel)
    , m_ends(new QWidget)
    , m_from(new QPushButton)
    , m_port(new QLabel)
    , m_to(new QPushButton)
    , m_remove(new QPushButton)
{
    setRole(this, Role::Panel);
    setRole(m_heading, Role::Section);
    for (QPushButton *link : {m_from, m_to})
        setRole(link, Role::Link);
    m_from->setObjectName(u"wireFrom"_s);
    m_to->setObjectName(u"wireTo"_s);
    m_from->setAccessibleName(tr("From"));
    m_from->setToolTip(tr("Go to the node that the wire leaves"));
    m_to->setAccessibleName(tr("To"));
    m_to->setToolTip(tr("Go to the node that the wire leads to"));
    m_remove->setText(tr("Delete the wire"));
    m_port->setObjectName(u"wirePort"_s);
    m_port->setTextFormat(Qt::PlainText);
    m_port->setContentsMargins(4, 2, 4, 2);
    m_remove->setObjectName(u"wireRemove"_s);
    auto *form = new QFormLayout(m_ends);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(24);
    form->addRow(fieldLabel(tr("From"), m_from), m_from);
    form->addRow(fieldLabel(tr("Port")), m_port);
    form->addRow(fieldLabel(tr("To"), m_to), m_to);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(12);
    layout->addWidget(m_heading);
    layout->addWidget(m_ends);
    layout->addWidget(m_remove, 0, Qt::AlignLeft);
    layout->addStretch();
    connect(m_from, &QPushButton::clicked, this,
            [this] { Q_EMIT nodeChosen(m_wires.first().from); });
    connect(m_to, &QPushButton::clicked, this, [this] { Q_EMIT nodeChosen(m_wires.first().to); });
    connect(m_remove, &QPushButton::clicked, this, &WireForm::remove);
}

void WireForm::setWires(const QList<policy::Wire> &wires)
{
    m_wires = wires;
    refresh();
}

void WireForm::refresh()
{
    if (m_wires.isEmpty())
        return;
    const bool one = m_wires.size() == 1;
    m_heading->setText(one ? tr("Wire") : tr("%n wires", nullptr, int(m_wires.size())));
    m_remove->setText(one ? tr("Delete the wire")
                          : tr("Delete %n wires", nullptr, int(m_wires.size())));
    m_ends->setVisible(one);
    const policy::PolicyDocument &document = m_editor.document();
    const policy::Wire &wire = m_wires.first();
    const QString from = nameOf(document, wire.from);
    const QString to = nameOf(document, wire.to);
    m_from->setText(from);
    m_from->setAccessibleName(tr("From %1; go there").arg(from));
    m_to->setText(to);
    m_to->setAccessibleName(tr("To %1; go there").arg(to));
    QString port = wire.port;
    if (const policy::Node *node = document.node(wire.from)) {
        for (const policy::Port &each : policy::outPorts(*node, document)) {
            if (each.name == wire.port)
                port = each.label;
        }
    }
    m_port->setText(port);
}

void WireForm::focusFirst()
{
    (m_wires.size() == 1 ? m_from : m_remove)->setFocus(Qt::OtherFocusReason);
}

void WireForm::remove()
{
    if (auto command = removeCommand(m_editor, {}, m_wires))
        m_undo.push(command.release());
}

} // namespace headgate::ui
