#pragma once

#include <QByteArray>

namespace headgate::test {

// An outcome file of so many prompts: "small" is right on half of them and knows when (its
// confidence tells), "medium" on eight of ten and half knows, "large" on nine of ten at 20 times
// the cost of "small". The same seed gives the same bytes.
QByteArray tellingOutcomes(int prompts, unsigned seed = 1);

} // namespace headgate::test
