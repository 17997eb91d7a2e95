#include "core/common/process_guard.h"

#include "core/common/redaction.h"

#include <QtGlobal>

#include <cstdio>
#include <cstdlib>
#include <exception>

#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#include <sys/resource.h>
#endif

namespace headgate {

namespace {

void writeLine(const QString &line)
{
    const QByteArray bytes = redacted(line).toUtf8() + '\n';
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stderr);
    std::fflush(stderr);
}

void logMessage(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    writeLine(qFormatLogMessage(type, context, message));
    if (type == QtFatalMsg)
        std::abort();
}

[[noreturn]] void endOfException()
{
    try {
        if (const std::exception_ptr current = std::current_exception())
            std::rethrow_exception(current);
    } catch (const std::exception &exception) {
        writeLine(QStringLiteral("headgate: %1").arg(QString::fromUtf8(exception.what())));
    } catch (...) {
        writeLine(QStringLiteral("headgate: an unknown exception"));
    }
    std::abort();
}

} // namespace

void guardProcess()
{
    qInstallMessageHandler(logMessage);
    std::set_terminate(endOfException);
#ifdef NDEBUG
    forbidMemoryDumps();
#endif
}

void forbidMemoryDumps()
{
#ifdef Q_OS_LINUX
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
#endif
}

} // namespace headgate
