#pragma once

#include <QString>

namespace headgate::test {

// Prints one row of the table of faults: what was injected, in which protocol, and what became of
// it. Rows stand in the test's own output, so that a run of the tests is the table.
void printFaultRow(const QString &protocol, const QString &injected, bool stream,
                   const QString &failureClass, const QString &advice);

} // namespace headgate::test
