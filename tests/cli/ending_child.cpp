// A program that is guarded as those for users are, and ends in the way that is asked for.
// ending_child exception | fatal | log | dumps
#include "core/common/process_guard.h"
#include "core/common/secrets.h"
#include "tests/support/canary.h"

#include <QCoreApplication>

#include <sys/prctl.h>
#include <sys/resource.h>

#include <cstdio>
#include <stdexcept>

using namespace headgate;
using test::kPlainKey;
using test::kShapelyKey;

namespace {

// "dumpable 0, core 0": what the system would let out of this process.
QByteArray dumpsAllowed()
{
    rlimit core{};
    getrlimit(RLIMIT_CORE, &core);
    return "dumpable " + QByteArray::number(prctl(PR_GET_DUMPABLE)) + ", core " +
           (core.rlim_cur == 0 && core.rlim_max == 0 ? "0" : "some");
}

int tellDumps()
{
    std::puts(dumpsAllowed().constData());
    forbidMemoryDumps();
    std::puts(dumpsAllowed().constData());
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QString way = application.arguments().value(1);
    guardProcess();
    if (way == QLatin1String("dumps"))
        return tellDumps();
    const SecretKey one{QByteArray(kShapelyKey)};
    const SecretKey two{QByteArray(kPlainKey)};
    if (way == QLatin1String("exception"))
        throw std::runtime_error(std::string("cannot go on with ") + kShapelyKey + " and " +
                                 kPlainKey);
    if (way == QLatin1String("fatal"))
        qFatal("no way out with %s and %s", kShapelyKey, kPlainKey);
    qWarning("GET https://x.example/?key=%s by %s", kShapelyKey, kPlainKey);
    return 0;
}
