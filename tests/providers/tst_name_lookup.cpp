#include "tests/providers/provider_probe.h"
#include "tests/support/fault_table.h"
#include "tests/support/wire_text.h"

#include <netdb.h>

#include <cstring>
#include <thread>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::test;
using namespace std::chrono_literals;

// Stands before the C library's: Qt asks it in threads of its own. Names of this test answer as
// they are called; all others are no names at all.
extern "C" int getaddrinfo(const char *name, const char *, const addrinfo *, addrinfo **found)
{
    *found = nullptr;
    if (!name)
        return EAI_NONAME;
    if (std::strncmp(name, "slow.", 5) == 0)
        std::this_thread::sleep_for(200ms);
    return std::strncmp(name, "failing.", 8) == 0 ? EAI_AGAIN : EAI_NONAME;
}

// Names that do not resolve, or not in time (fault 9).
class TestNameLookup final : public QObject
{
    Q_OBJECT

private:
    static providers::Endpoint named(const QString &host)
    {
        providers::Endpoint endpoint = endpointAt(QUrl(u"http://"_s + host));
        endpoint.allowPlainHttp = true;
        return endpoint;
    }

private Q_SLOTS:
    void aNameThatIsNotFoundIsSaidToBe_data()
    {
        QTest::addColumn<QString>("host");
        QTest::newRow("no such name") << u"nobody.invalid"_s;
        QTest::newRow("its name server fails") << u"failing.invalid"_s;
    }

    void aNameThatIsNotFoundIsSaidToBe()
    {
        QFETCH(const QString, host);
        Probe probe(named(host));
        const providers::CallResult result = probe.ask();
        printFaultRow(u"openai"_s, u"9 %1"_s.arg(QLatin1String(QTest::currentDataTag())), true,
                      className(result), adviceName(result));
        QCOMPARE(className(result), u"transport"_s);
        QCOMPARE(adviceName(result), u"retry"_s);
        QCOMPARE(result.failure->message,
                 u"The name of the server of “probe” was not found. Check the base URL."_s);
    }

    // The window goes on meanwhile: the thread that asks is never held up.
    void theLimitOfConnectingCoversASlowName()
    {
        providers::Endpoint endpoint = named(u"slow.invalid"_s);
        endpoint.timeouts.connect = 60ms;
        Probe probe(endpoint);
        QElapsedTimer turn;
        qint64 longestTurn = 0;
        QTimer ticks;
        connect(&ticks, &QTimer::timeout, this,
                [&] { longestTurn = std::max(longestTurn, turn.restart()); });
        turn.start();
        ticks.start(1);
        QElapsedTimer watch;
        watch.start();
        const providers::CallResult result = probe.ask();
        const qint64 took = watch.elapsed();
        printFaultRow(u"openai"_s, u"9 a slow name"_s, true, className(result), adviceName(result));
        QCOMPARE(className(result), u"transport"_s);
        QCOMPARE(result.failure->message, u"No connection to “probe” came about in time."_s);
        QVERIFY2(took >= 59 && took < 190, qPrintable(QString::number(took)));
        QVERIFY2(longestTurn < 50, qPrintable(QString::number(longestTurn)));
    }

    void aSlowNameThatIsStoppedEndsAtOnce()
    {
        Probe probe(named(u"slow.invalid"_s));
        std::stop_source stop;
        QTimer::singleShot(20, this, [&stop] { stop.request_stop(); });
        QElapsedTimer watch;
        watch.start();
        QCOMPARE(className(probe.ask(helloRequest(), stop.get_token())), u"cancelled"_s);
        QVERIFY2(watch.elapsed() < 120, qPrintable(QString::number(watch.elapsed())));
    }
};

QTEST_GUILESS_MAIN(TestNameLookup)
#include "tst_name_lookup.moc"
