#pragma once

#include "app/cli/console.h"

#include <functional>
#include <stop_token>

namespace headgate::cli {

// Long work on a thread of its own, so that the event loop hears Ctrl+C meanwhile. The work may
// show progress; it ends early, with ErrorCode::Cancelled, once the token asks it to.
using Work = std::function<Result<>(std::stop_token stop, Progress &progress)>;

// Runs it to its end. What kept it from succeeding was told; gives the exit code.
int runInBackground(const Work &work);

} // namespace headgate::cli
