#include "tests/workbench/shown_window.h"
#include "ui/common/query_service.h"
#include "ui/settings/providers_dialog.h"

#include <QListWidget>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTcpSocket>

#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace headgate;
using namespace headgate::test;
using namespace Qt::StringLiterals;
using workbench::Mode;

namespace {

constexpr int kRunMs = 30'000;

// Leaves this process nothing but its own loopback interface. False where the system forbids that.
bool denyNetwork()
{
    if (unshare(geteuid() == 0 ? CLONE_NEWNET : CLONE_NEWUSER | CLONE_NEWNET) != 0)
        return false;
    const int socket = ::socket(AF_INET, SOCK_DGRAM, 0);
    ifreq loopback{};
    qstrncpy(loopback.ifr_name, "lo", sizeof loopback.ifr_name);
    loopback.ifr_flags = IFF_UP | IFF_RUNNING;
    const bool up = ioctl(socket, SIOCSIFFLAGS, &loopback) == 0;
    ::close(socket);
    return up;
}

} // namespace

// The real window where there is no network at all.
class TestOffline final : public QObject
{
    Q_OBJECT

public:
    explicit TestOffline(bool denied)
        : m_denied(denied)
    {
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!m_denied)
            QSKIP("The network cannot be taken away from a process here.");
    }

    void thereIsNoNetwork()
    {
        QTcpSocket socket;
        socket.connectToHost(u"192.0.2.1"_s, 443);
        QVERIFY(!socket.waitForConnected(5000));
        QCOMPARE(socket.error(), QAbstractSocket::NetworkError); // at once, by the system
    }

    void everythingWorksOnTheSimulatedFleet()
    {
        const ShownWindow shown;
        QSignalSpy problem(&shown.window->queries(), &ui::QueryService::problem);
        QSignalSpy recorded(&shown.window->queries(), &ui::QueryService::recorded);
        shown.window->setMode(Mode::Ask);
        shown.visibleChild<QPlainTextEdit>(u"prompt"_s)->setPlainText(u"What is 69 + 41?"_s);
        QTest::mouseClick(shown.visibleChild<QPushButton>(u"send"_s), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(recorded.size(), 1, kRunMs);
        const engine::RunTrace trace = shown.window->queries().sessionRuns().last();
        QCOMPARE(trace.status, engine::RunStatus::Answered);
        QVERIFY(trace.simulated);
        for (const Mode mode : {Mode::Home, Mode::Build, Mode::Savings, Mode::Evaluate}) {
            shown.window->setMode(mode);
            ShownWindow::settle();
        }
        QCOMPARE(problem.size(), 0);
    }

    // Looking for servers on this machine finds none, and says so rather than fail.
    void theProvidersCanBeOpened()
    {
        const ShownWindow shown;
        shown.action(u"Providers…"_s)->trigger();
        auto *dialog = shown.child<ui::ProvidersDialog>(u"providersDialog"_s);
        QTRY_VERIFY(dialog->isVisible());
        ShownWindow::settle();
        QCOMPARE(dialog->findChild<QListWidget *>(u"providersList"_s)->count(), 0);
        dialog->close();
    }

private:
    bool m_denied = false;
};

int main(int argc, char **argv)
{
    const bool denied = denyNetwork(); // before there is any thread
    const QApplication application(argc, argv);
    TestOffline test(denied);
    return QTest::qExec(&test, argc, argv);
}

#include "tst_offline.moc"
