#include "tests/settings/fake_keyring.h"

#include "ui/settings/configured_providers.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace headgate::ui;
using namespace Qt::StringLiterals;
using providers::Endpoint;
using test::FakeKeyring;

namespace {

const QByteArray kKey = "sk-canary-4711";

Endpoint openai()
{
    Endpoint endpoint;
    endpoint.name = u"openai"_s;
    endpoint.baseUrl = QUrl(u"https://api.openai.com/v1"_s);
    endpoint.keyInKeyring = true;
    return endpoint;
}

struct Bench
{
    QTemporaryDir folder;
    FakeKeyring::Contents keyring;
    providers::HeldKeys keys;
    std::unique_ptr<ConfiguredProviders> configured = make();

    QString path() const { return folder.filePath(u"providers.json"_s); }
    std::unique_ptr<ConfiguredProviders> make()
    {
        return std::make_unique<ConfiguredProviders>(path(), keys,
                                                     std::make_unique<FakeKeyring>(keyring));
    }
    QByteArray file() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

} // namespace

class TestConfiguredProviders final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsPutIsThereAfterAStart()
    {
        Bench bench;
        QVERIFY(bench.configured->put(openai()));
        const auto again = bench.make();
        QVERIFY(again->load());
        QCOMPARE(again->all(), QList{openai()});
    }

    void aKeyIsReadFromTheKeyringAtTheStart()
    {
        Bench bench;
        QVERIFY(bench.configured->put(openai()));
        bench.keyring.keys.insert(u"openai at https://api.openai.com"_s, kKey);
        QVERIFY(!bench.configured->keyState(openai()));
        const auto again = bench.make();
        QSignalSpy read(again.get(), &ConfiguredProviders::keysChanged);
        QVERIFY(again->load());
        QTRY_COMPARE(read.size(), 1);
        QVERIFY(again->keyState(openai()));
        QCOMPARE(bench.keys.keyOf(openai())->reveal(), kKey);
    }

    // Fault 53: it may wait for its owner's password for as long as it likes.
    void aSlowKeyringHoldsNobodyUp()
    {
        Bench bench;
        QVERIFY(bench.configured->put(openai()));
        bench.keyring.keys.insert(u"openai at https://api.openai.com"_s, kKey);
        bench.keyring.delay = std::chrono::milliseconds(120);
        const auto again = bench.make();
        QElapsedTimer watch;
        watch.start();
        QVERIFY(again->load());
        QVERIFY2(watch.elapsed() < 50, qPrintable(QString::number(watch.elapsed())));
        const auto state = again->keyState(openai());
        QVERIFY(!state);
        QVERIFY(state.error().message.contains(u"openai"_s));
        QTRY_VERIFY(again->keyState(openai()));
        QCOMPARE(bench.keys.keyOf(openai())->reveal(), kKey);
    }

    void whoGoesBeforeASlowKeyringAnswersIsNotMissed()
    {
        Bench bench;
        QVERIFY(bench.configured->put(openai()));
        bench.keyring.delay = std::chrono::milliseconds(30);
        auto again = bench.make();
        QVERIFY(again->load());
        again.reset();
        QTest::qWait(60); // it answers now, and nobody is there
        QVERIFY(!bench.keys.keyOf(openai()));
    }

    void aKeyringThatRefusesIsSaidAndTheKeyIsMissing()
    {
        Bench bench;
        QVERIFY(bench.configured->put(openai()));
        const QByteArray file = bench.file();
        bench.keyring.refusal =
            Error{ErrorCode::Unauthorized, u"The keyring was not unlocked."_s, {}};
        const auto again = bench.make();
        QSignalSpy problem(again.get(), &ConfiguredProviders::problem);
        QVERIFY(again->load());
        QTRY_COMPARE(problem.size(), 1);
        const QString sentence = problem.first().first().toString();
        QVERIFY2(sentence.contains(u"“openai”"_s) && sentence.contains(u"was not unlocked"_s),
                 qPrintable(sentence));
        QVERIFY(!again->keyState(openai()));
        QCOMPARE(bench.file(), file);
    }

    // It may go away while the workbench runs: what was read goes on, what is new says why it is
    // not kept.
    void aKeyringThatVanishesTakesNoKeyAway()
    {
        Bench bench;
        QVERIFY(bench.configured->put(openai()));
        bench.configured->keepKey(openai(), SecretKey(kKey), {});
        QTRY_COMPARE(bench.keyring.keys.size(), 1);
        bench.keyring.runs = false;
        QVERIFY(bench.configured->keyState(openai()));
        std::optional<Result<>> kept;
        bench.configured->keepKey(openai(), SecretKey("sk-canary-another"),
                                  [&kept](const Result<> &written) { kept = written; });
        QTRY_VERIFY(kept.has_value());
        QVERIFY(!*kept);
        QVERIFY(kept->error().message.contains(u"No keyring"_s));
        QCOMPARE(bench.keys.keyOf(openai())->reveal(), QByteArray("sk-canary-another"));
        QVERIFY(!bench.file().contains("sk-canary"));
    }

    void aKeyGoesIntoTheKeyringAndNeverIntoTheFile()
    {
        Bench bench;
        QVERIFY(bench.configured->put(openai()));
        bool kept = false;
        bench.configured->keepKey(openai(), SecretKey(kKey),
                                  [&kept](const Result<> &result) { kept = result.has_value(); });
        QTRY_VERIFY(kept);
        QCOMPARE(bench.keyring.keys.value(u"openai at https://api.openai.com"_s), kKey);
        QVERIFY(!bench.file().isEmpty());
        QVERIFY(!bench.file().contains(kKey));
    }

    void withoutAKeyringTheKeyHoldsForTheSession()
    {
        Bench bench;
        bench.keyring.runs = false;
        QVERIFY(bench.configured->put(openai()));
        std::optional<Result<>> kept;
        bench.configured->keepKey(openai(), SecretKey(kKey),
                                  [&kept](const Result<> &result) { kept = result; });
        QTRY_VERIFY(kept);
        QCOMPARE(kept->error().code, ErrorCode::Unavailable);
        QVERIFY(bench.configured->keyState(openai()));
    }

    void aKeyGoesWithItsNameButNotToAnotherServer()
    {
        Bench bench;
        QVERIFY(bench.configured->put(openai()));
        bench.configured->keepKey(openai(), SecretKey(kKey), {});
        Endpoint renamed = openai();
        renamed.name = u"work"_s;
        QVERIFY(bench.configured->put(renamed, u"openai"_s));
        QTRY_COMPARE(bench.keyring.keys.keys(), QStringList{u"work at https://api.openai.com"_s});
        QVERIFY(bench.configured->keyState(renamed));
        Endpoint moved = renamed;
        moved.baseUrl = QUrl(u"https://proxy.example/v1"_s);
        QVERIFY(bench.configured->put(moved, u"work"_s));
        QVERIFY(!bench.configured->keyState(moved));
    }

    void aRemovedProvidersKeyIsGone()
    {
        Bench bench;
        QVERIFY(bench.configured->put(openai()));
        bench.configured->keepKey(openai(), SecretKey(kKey), {});
        QTRY_COMPARE(bench.keyring.keys.size(), 1);
        QVERIFY(bench.configured->remove(u"openai"_s));
        QTRY_COMPARE(bench.keyring.keys.size(), 0);
        QVERIFY(!bench.keys.holds(openai()));
        QVERIFY(bench.configured->all().isEmpty());
    }

    void whatCannotBeUsedIsRefusedAndChangesNothing()
    {
        Bench bench;
        QVERIFY(bench.configured->put(openai()));
        const QByteArray before = bench.file();
        Endpoint plain = openai();
        plain.name = u"plain"_s;
        plain.baseUrl = QUrl(u"http://api.example/v1"_s);
        QVERIFY(!bench.configured->put(plain));
        const Result<> taken = bench.configured->put(openai());
        QVERIFY(!taken && taken.error().message.contains(u"openai"_s));
        QCOMPARE(bench.file(), before);
        QCOMPARE(bench.configured->all().size(), 1);
    }

    void aDamagedFileIsNeverWrittenOver()
    {
        Bench bench;
        QFile file(bench.path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"openai\": ");
        file.close();
        QVERIFY(!bench.configured->load());
        QVERIFY(!bench.configured->put(openai()));
        QCOMPARE(bench.file(), QByteArray("{\"openai\": "));
    }
};

QTEST_MAIN(TestConfiguredProviders)
#include "tst_configured_providers.moc"
