#pragma once

#include "core/evaluation/metrics/routing_metrics.h"
#include "core/evaluation/routed_rows.h"

#include <optional>

namespace headgate::evaluation {

// How much of a comparison is read. AtAGlance keeps up with a hand that drags a threshold: only the
// difference in quality has an interval, and on more than 5,000 prompts that is the normal one, to
// which the bootstrap comes there.
enum class ReadingDepth { Whole, AtAGlance };

// One way of routing beside another, on the prompts on which both are known: what it saves is
// never without what it does to quality.
struct PairedComparison
{
    qint64 n = 0;
    Estimate quality; // of the first
    Estimate otherQuality;
    Estimate qualityDifference;             // the first minus the other; below 0: worse
    std::optional<Estimate> costPer1k;      // US dollars; none: some costs were not measured
    std::optional<Estimate> otherCostPer1k; // likewise
    std::optional<Saving> saving;           // of the first against the other; likewise of either
    // More prompts that a difference of this size would need to tell from 0 at 95 %
    // (metrics/needed_cases.h); none: it does, or no number can be named.
    std::optional<qint64> casesNeeded;
};

// Both are about the same rows in the same order.
[[nodiscard]] PairedComparison comparePaired(const RoutedRows &routed, const RoutedRows &other,
                                             const BootstrapOptions &options = {},
                                             ReadingDepth depth = ReadingDepth::Whole);

} // namespace headgate::evaluation
