#pragma once

#include "ui/editor/run_overlay.h"

#include <QString>

namespace headgate::ui {

// The badges of a node after a run, empty where there is nothing to say.
struct Badges
{
    QString time;
    QString cost;
    QString rest; // tokens, or a gate's score
};

Badges badgesOf(const NodeRun &run);

} // namespace headgate::ui
