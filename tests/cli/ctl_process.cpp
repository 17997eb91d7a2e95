#include "tests/cli/ctl_process.h"

#include <QProcess>

using namespace Qt::StringLiterals;

namespace headgate::test {

namespace {

constexpr int kLongestMs = 60'000;

} // namespace

QString ctlPath()
{
    return QStringLiteral(HEADGATECTL);
}

CtlEnded runCtl(const QStringList &arguments, const QString &home, const QStringList &environment)
{
    QProcess process;
    QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
    if (!home.isEmpty()) {
        variables.insert(u"HOME"_s, home);
        variables.remove(u"XDG_DATA_HOME"_s);
    }
    for (const QString &variable : environment)
        variables.insert(variable.section(u'=', 0, 0), variable.section(u'=', 1));
    process.setProcessEnvironment(variables);
    process.start(ctlPath(), arguments);
    if (!process.waitForFinished(kLongestMs)) {
        process.kill();
        process.waitForFinished();
        return {};
    }
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace headgate::test
