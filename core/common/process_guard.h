#pragma once

namespace headgate {

// For the start of a program: what Qt and we log, and what a crash says of an exception, goes
// through redacted() to stderr; a build for users leaves no core dump and lets no other process
// read its memory.
void guardProcess();

// No core dump from here on, and no other process of the user may read this one's memory.
// guardProcess() does it in builds for users; a developer's build keeps its dumps.
void forbidMemoryDumps();

} // namespace headgate
