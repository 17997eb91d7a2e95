#include "app/workbench/recovery_record.h"
#include "core/common/secrets.h"
#include "core/engine/pin_check.h"
#include "core/ledger/ledger.h"
#include "core/policy/policy_format.h"
#include "tests/cli/ctl_process.h"
#include "tests/engine/policies.h"
#include "tests/support/canary.h"
#include "tests/support/scripted_server.h"
#include "tests/support/wire_text.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace headgate::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

// Plants keys at every door and searches every byte that comes out for them.
class TestKeyCanary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void noByteOfARunHoldsAKey_data();
    void noByteOfARunHoldsAKey();
    void noPinPolicyOrRecoveryFileHoldsAKey();
    void aBuildForUsersLeavesNoMemoryBehind();
    void noWordOfACrashHoldsAKey_data();
    void noWordOfACrashHoldsAKey();

private:
    QString at(const QString &name) const { return m_folder->filePath(name); }
    bool write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(at(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestKeyCanary::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestKeyCanary::noByteOfARunHoldsAKey_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("for people") << QStringList();
    QTest::newRow("as JSON") << QStringList{u"--json"_s};
}

void TestKeyCanary::noByteOfARunHoldsAKey()
{
    QFETCH(const QStringList, options);
    // The first refuses, and tells both keys; the second answers with them.
    const ScriptedServer refusing({Script().send(echoingError(401, kShapelyKey)).close()});
    const ScriptedServer failing({Script().send(echoingError(503, kPlainKey)).close()});
    const ScriptedServer answering({Script().send(echoingAnswer(kShapelyKey)).close()});
    policy::PolicyDocument document = cascade();
    document.keepTexts = true;
    document.baseline.clear();
    document.models = {model(u"large"_s, u"c"_s, 1), model(u"middle"_s, u"b"_s, 1),
                       model(u"small"_s, u"a"_s, 1)};
    Json call = callOf(u"small"_s, 0);
    call["fallbacks"] = {"middle", "large"};
    document.nodes = {node(u"in"_s, u"query"_s), node(u"first"_s, u"model"_s, call),
                      node(u"out"_s, u"answer"_s)};
    document.wires = {wire(u"in"_s, u"query"_s, u"first"_s),
                      wire(u"first"_s, u"answer"_s, u"out"_s)};
    QVERIFY(write(u"p.headgate"_s, policy::formatPolicy(document)));
    const auto endpoint = [](const ScriptedServer &server, const char *variable) {
        return Json{{"base_url", server.url().toString().toStdString()},
                    {"key_variable", variable}};
    };
    QVERIFY(write(u"providers.json"_s, formatJson({{"a", endpoint(refusing, "CANARY_SHAPELY")},
                                                   {"b", endpoint(failing, "CANARY_PLAIN")},
                                                   {"c", endpoint(answering, "CANARY_SHAPELY")}})));

    const QString prompt = u"Keep %1 and %2 safe; http://ada:%2@proxy.example/?key=%1"_s.arg(
        QLatin1String(kShapelyKey), QLatin1String(kPlainKey));
    const CtlEnded ended =
        runCtl(QStringList{u"run"_s, at(u"p.headgate"_s), u"--providers"_s, at(u"providers.json"_s),
                           u"--ledger"_s, at(u"ledger.sqlite"_s), u"--prompt"_s, prompt} +
                   options,
               {.home = m_folder->path(),
                .environment = {u"CANARY_SHAPELY="_s + QLatin1String(kShapelyKey),
                                u"CANARY_PLAIN="_s + QLatin1String(kPlainKey),
                                u"QT_LOGGING_RULES=*.debug=true"_s}});
    QVERIFY2(ended.code == 0, ended.err.constData());

    // The doors were open: the keys went out to their own servers and came back.
    QVERIFY(refusing.requests().first().contains(kShapelyKey));
    QVERIFY(failing.requests().first().contains(kPlainKey));
    const auto ledger = ledger::Ledger::open(at(u"ledger.sqlite"_s)).value();
    const auto runs = ledger->runs({}, 10).value();
    QCOMPARE(runs.size(), 1);
    const engine::RunTrace trace = ledger->run(runs.first().id).value();
    QCOMPARE(trace.hops.size(), 4);
    QVERIFY(trace.answer.startsWith(u"Your key is [key removed]"_s));
    QVERIFY(trace.query.prompt().contains(u"Keep [key removed] and [key removed] safe"_s));
    QVERIFY(trace.hops.first().requestId.contains(u"[key removed]"_s));

    QCOMPARE(keyFoundIn(u"stderr"_s, ended.err), QString());
    QCOMPARE(keyFoundIn(u"stdout"_s, ended.out), QString());
    for (const QFileInfo &file : QDir(m_folder->path()).entryInfoList(QDir::Files))
        QCOMPARE(keyFoundIn(file.fileName(), contentOf(file.filePath())), QString());
}

void TestKeyCanary::noPinPolicyOrRecoveryFileHoldsAKey()
{
    const SecretKey one{QByteArray(kShapelyKey)};
    const SecretKey two{QByteArray(kPlainKey)};
    policy::PolicyDocument document = cascade();
    engine::RunTrace trace;
    trace.status = engine::RunStatus::Answered;
    trace.query = query(u"Keep %1 safe"_s.arg(QLatin1String(kShapelyKey)));
    trace.query.metadata = {{"proxy", std::string("http://ada:") + kPlainKey + "@proxy/"}};
    const auto pin = engine::makePin(trace, document, u"p"_s, u"pin"_s);
    QVERIFY(pin);
    document.pins = {*pin};
    QCOMPARE(keyFoundIn(u"the policy"_s, policy::formatPolicy(document)), QString());
    workbench::RecoveryRecord record;
    record.document = document;
    QCOMPARE(keyFoundIn(u"the recovery file"_s, workbench::formatRecovery(record)), QString());
    const std::string dumped = engine::toJson(trace).dump();
    QCOMPARE(keyFoundIn(u"the trace"_s, QByteArray::fromStdString(dumped)), QString());
}

void TestKeyCanary::aBuildForUsersLeavesNoMemoryBehind()
{
    QProcess child;
    child.start(QStringLiteral(ENDING_CHILD), {u"dumps"_s});
    QVERIFY(child.waitForFinished(20'000));
    const QList<QByteArray> said = child.readAllStandardOutput().trimmed().split('\n');
    QCOMPARE(said.size(), 2);
    const QByteArray none = "dumpable 0, core 0";
#ifdef NDEBUG
    QCOMPARE(said[0], none);
#else
    QVERIFY(said[0] != none);
#endif
    QCOMPARE(said[1], none);
}

void TestKeyCanary::noWordOfACrashHoldsAKey_data()
{
    QTest::addColumn<QString>("way");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("exception") << u"exception"_s << QByteArray("cannot go on with [key removed]");
    QTest::newRow("fatal") << u"fatal"_s << QByteArray("no way out with [key removed]");
    QTest::newRow("log") << u"log"_s << QByteArray("?key=[key removed] by [key removed]");
}

void TestKeyCanary::noWordOfACrashHoldsAKey()
{
    QFETCH(const QString, way);
    QFETCH(const QByteArray, said);
    QProcess child;
    child.start(QStringLiteral(ENDING_CHILD), {way});
    QVERIFY(child.waitForFinished(20'000));
    const QByteArray err = child.readAllStandardError();
    QVERIFY2(err.contains(said), err.constData());
    QCOMPARE(keyFoundIn(u"stderr"_s, err), QString());
    QCOMPARE(keyFoundIn(u"stdout"_s, child.readAllStandardOutput()), QString());
}

QTEST_GUILESS_MAIN(TestKeyCanary)
#include "tst_key_canary.moc"
