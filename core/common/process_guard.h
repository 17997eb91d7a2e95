#pragma once

namespace headgate {

// For the start of a program: what Qt and we log, and what a crash says of an exception, goes
// through redacted() to stderr; a build for users leaves no core dump and lets no other process
// read its memory.
void guardProcess();

} // namespace headgate
