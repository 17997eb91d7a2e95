#include "tests/cli/ctl_process.h"

#include <QEventLoop>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace headgate::test {

namespace {

constexpr int kLongestMs = 60'000;

} // namespace

QString ctlPath()
{
    return QStringLiteral(HEADGATECTL);
}

void startCtl(QProcess &process, const QStringList &arguments, const CtlPlace &place)
{
    QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
    if (!place.home.isEmpty()) {
        variables.insert(u"HOME"_s, place.home);
        variables.remove(u"XDG_DATA_HOME"_s);
    }
    for (const QString &variable : place.environment)
        variables.insert(variable.section(u'=', 0, 0), variable.section(u'=', 1));
    process.setProcessEnvironment(variables);
    process.setWorkingDirectory(place.folder);
    process.start(ctlPath(), arguments);
}

CtlEnded runCtl(const QStringList &arguments, const CtlPlace &place)
{
    QProcess process;
    QEventLoop loop;
    QObject::connect(&process, &QProcess::finished, &loop, &QEventLoop::quit);
    QObject::connect(&process, &QProcess::errorOccurred, &loop, &QEventLoop::quit);
    QTimer::singleShot(kLongestMs, &loop, &QEventLoop::quit);
    startCtl(process, arguments, place);
    if (process.state() != QProcess::NotRunning)
        loop.exec();
    if (process.state() != QProcess::NotRunning) {
        process.kill();
        process.waitForFinished();
        return {};
    }
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace headgate::test
