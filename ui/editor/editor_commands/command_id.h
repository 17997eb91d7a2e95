#pragma once

#include <chrono>

namespace headgate::ui {

// What QUndoCommand::id() returns for the commands that merge.
enum class CommandId {
    MoveNodes = 1,
    SetTitle,
    SetConfigValue,
    SetConfigValues,
    SetPolicyName,
    SetLimits,
    SetModel
};

// When a command was made: edits of one field with pauses under a second are one step of undo.
using EditTime = std::chrono::steady_clock::time_point;
constexpr std::chrono::milliseconds kMergeWindow{1000};

inline EditTime editNow()
{
    return std::chrono::steady_clock::now();
}

inline bool isSameBurst(EditTime earlier, EditTime later)
{
    return later - earlier < kMergeWindow;
}

} // namespace headgate::ui
