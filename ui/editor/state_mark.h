#pragma once

#include "core/policy/policy_validation.h"
#include "ui/common/theme.h"
#include "ui/editor/run_overlay.h"

#include <QPainter>
#include <QPainterPath>

namespace headgate::ui {

// The small round sign of a node's state: a shape and a colour, never colour alone.
void paintStateMark(QPainter &painter, const QRectF &box, NodeState state, const Theme &theme);
// A triangle for a warning, a disc with an exclamation mark for an error.
void paintProblemMark(QPainter &painter, const QRectF &box, policy::Problem::Severity severity,
                      const Theme &theme);
QString stateText(NodeState state);

// A disc with a bar across for what is muted, an arrow over a bar for what is bypassed.
void paintModeMark(QPainter &painter, const QRectF &box, policy::NodeMode mode, const Theme &theme);
QString modeText(policy::NodeMode mode); // empty for an active node
QString cutOffText(); // of a node that no query can reach past muted ones, in a word or two
QString cutOffSentence();

} // namespace headgate::ui
