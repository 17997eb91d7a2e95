#pragma once

namespace headgate::ui {

// How long a display waits before it asks the ledger again, in milliseconds: a burst of runs and
// edits is one question.
constexpr int kReloadMs = 200;

} // namespace headgate::ui
