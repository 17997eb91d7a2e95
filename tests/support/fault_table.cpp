#include "tests/support/fault_table.h"

#include <QTextStream>

using namespace Qt::StringLiterals;

namespace headgate::test {

void printFaultRow(const QString &protocol, const QString &injected, bool stream,
                   const QString &failureClass, const QString &advice)
{
    QTextStream out(stdout);
    out << u"| %1 | %2 | %3 | %4 | %5 |\n"_s.arg(protocol, -9)
               .arg(injected, -44)
               .arg(stream ? u"streamed"_s : u"whole"_s, -8)
               .arg(failureClass, -11)
               .arg(advice, -5);
}

} // namespace headgate::test
