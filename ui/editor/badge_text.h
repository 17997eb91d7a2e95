#pragma once

#include "ui/editor/run_overlay.h"

#include <QString>

namespace headgate::ui {

// Which badges a card shows. On hover: all of them, on the card under the mouse.
enum class BadgeMode { All, Cost, Time, OnHover, None };

// As the settings keep it; what is unknown there means all.
QString nameOf(BadgeMode mode);
BadgeMode badgeModeFrom(const QString &name);

// The badges of a node after a run, empty where there is nothing to say.
struct Badges
{
    QString time;
    QString cost;
    QString rest; // tokens, or a gate's score

    bool operator==(const Badges &) const = default;
};

Badges badgesOf(const NodeRun &run, BadgeMode mode = BadgeMode::All);

} // namespace headgate::ui
