#pragma once

#include "core/policy/policy_validation.h"
#include "ui/common/theme.h"
#include "ui/editor/badge_text.h"
#include "ui/editor/gate_scores.h"
#include "ui/editor/run_overlay.h"

#include <QPen>
#include <QSizeF>

class QPainter;

namespace headgate::ui {

// All that a card shows of its node. A value: what is equal looks equal.
struct NodeCard
{
    QString kind{};
    QString title{};
    QString summary{};
    QSizeF size{};
    bool hasStrip = false; // the line of badges at the bottom
    bool simulated = false;
    bool isNote = false;
    QString text{}; // of a note
    policy::NodeMode mode = policy::NodeMode::Active;
    // No query can get here, because muted nodes cut it off.
    bool isCutOff = false;
    double passThroughY = 0; // of a bypassed node: the height at which its wires pass
    std::optional<GateScores> scores{};
    std::optional<double> previewed{}; // a threshold that is being dragged
    NodeRun run{};
    QString remark{};                // of recorded runs: "29 % escalate"
    std::optional<double> traffic{}; // share of the recorded runs that went through it
    bool isUntaken = false;          // no replayed case comes here
    BadgeMode badges = BadgeMode::All;
    bool hovered = false;
    std::optional<policy::Problem::Severity> problem{};

    QRectF rect() const { return {{0, 0}, size}; }
    QRectF scoresArea() const; // empty where the node is no gate
    bool isFaded() const;      // drawn as something that takes no part

    bool operator==(const NodeCard &) const = default;
};

// What surrounds a card: outline, shadow, halves of the ports.
constexpr QMarginsF kCardMargins{6, 6, 6, 8};

// What only a hand could use, such as the corner of a note, is not on paper.
enum class Medium { Screen, Paper };

// The whole card, with its outline. The painter stands at the card's top left corner.
void paintCard(QPainter &painter, const NodeCard &card, const Theme &theme,
               Medium medium = Medium::Screen);
// The card from afar: its colour, its marks and, where `titled`, its name.
void paintBlock(QPainter &painter, const NodeCard &card, const Theme &theme, bool titled);
// The frame of what is selected, over the card's own.
void paintSelection(QPainter &painter, const NodeCard &card, const Theme &theme);
// What tells cards apart from afar where they have no name.
size_t blockKey(const NodeCard &card);

} // namespace headgate::ui
