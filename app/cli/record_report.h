#pragma once

#include "core/evaluation/recording/recording.h"
#include "core/evaluation/recording/recording_estimate.h"

namespace headgate::cli {

// What a recording will take, and what it came to: as a table or sentences, and as JSON with the
// units in the keys.
QString estimateText(const evaluation::RecordingEstimate &estimate, bool graded);
Json estimateJson(const evaluation::RecordingEstimate &estimate);
QString reportText(const evaluation::RecordingReport &report);
Json reportJson(const evaluation::RecordingReport &report);

} // namespace headgate::cli
