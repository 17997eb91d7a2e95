#pragma once

#include "core/policy/policy_document.h"

class QMimeData;

namespace headgate::ui {

// Part of a policy on its way through the clipboard: nodes as they stood, the wires among them,
// those that led into them from outside, and the models that they name.
struct Clip
{
    QList<policy::Model> models;
    QList<policy::Node> nodes;
    QList<policy::Wire> wires;
    QList<policy::Wire> incoming;
    QList<policy::Group> groups; // of which all nodes are here
};

Clip clipOf(const policy::PolicyDocument &document, const QList<policy::NodeId> &nodes);

// The text is a policy of its own that any editor of text shows and the workbench opens; the data
// holds it under a private type, too, so that a paste knows its own.
QByteArray clipText(const Clip &clip);
QMimeData *clipData(const Clip &clip); // the caller owns it

// Reads a clip, or a whole policy as text. A sentence where it is neither.
Result<Clip> readClip(const QByteArray &text);
Result<Clip> readClip(const QMimeData *data); // nullptr: nothing on the clipboard

} // namespace headgate::ui
