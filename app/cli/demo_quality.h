#pragma once

#include "core/simulation/practice_prompts.h"

namespace headgate::cli {

// Whether an answer to a practice prompt is its reference answer: equal JSON where that is JSON,
// else the same words at the end of the text, however they are led up to.
bool isRight(const simulation::PracticePrompt &prompt, const QString &text);

// Right answers of two ways over the same prompts.
struct PairedQuality
{
    qsizetype prompts = 0;
    qsizetype firstRight = 0;
    qsizetype secondRight = 0;
    qsizetype onlyFirst = 0;  // right by the first way alone
    qsizetype onlySecond = 0; // right by the second way alone

    void add(bool first, bool second);
    // Share of right answers, first minus second, and the half width of its 95 % interval (normal
    // approximation over pairs); both in points of 100.
    double difference() const;
    double halfWidth() const;
};

// About `count` of all practice prompts, evenly over the file, so that every kind is in it.
QList<simulation::PracticePrompt> demoPrompts(qsizetype count);

} // namespace headgate::cli
