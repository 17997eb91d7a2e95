#pragma once

#include "tests/support/scripted_server.h"
#include "tests/support/wire_protocol.h"

#include <random>

namespace headgate::test {

// What a server does wrong with one request, drawn at random: the same seed draws the same faults.
// This one ends before any text of the answer came, and is of a sort after which another model may
// be asked.
Script faultBeforeText(std::mt19937_64 &random, const WireProtocol &protocol);
// Any fault at all: also after some text came, and those after which nobody else is asked.
Script anyFault(std::mt19937_64 &random, const WireProtocol &protocol);

// 0 … count - 1
inline int drawn(std::mt19937_64 &random, int count)
{
    return int(random() % quint64(count));
}

} // namespace headgate::test
