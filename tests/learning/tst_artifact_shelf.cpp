#include "core/learning/artifact_file.h"
#include "core/learning/artifact_shelf.h"
#include "tests/support/word_learner.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace headgate;
using namespace headgate::learning;
using namespace Qt::StringLiterals;

namespace {

const test::WordTable kTable{.outputs = {u"easy"_s, u"hard"_s},
                             .words = {{u"prove"_s, {0.1, 0.9}}}};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

} // namespace

class TestArtifactShelf final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = test::savedWordArtifact(kTable, m_folder->path());
        m_shelf = ArtifactShelf(test::wordLearners(), {m_folder->path()});
    }

    void readsAModelOnceForAllWhoShareTheShelf()
    {
        const ArtifactShelf copy = m_shelf;
        QVERIFY(!copy.holds(m_file));
        const auto model = m_shelf.model(m_file);
        QVERIFY2(model, model ? "" : qPrintable(model.error().message));
        QCOMPARE((*model)->model->outputs(), kTable.outputs);
        QCOMPARE((*model)->kind, u"words"_s);
        QVERIFY(copy.holds(m_file));
        QVERIFY(QFile::remove(m_folder->filePath(m_file)));
        QCOMPARE(copy.model(m_file)->get(), model->get());
    }

    void looksIntoFoldersInTheirOrder()
    {
        const QTemporaryDir other;
        const QString file =
            test::savedWordArtifact({.outputs = {u"a"_s, u"b"_s}}, other.path());
        QCOMPARE(m_shelf.model(file).error().code, ErrorCode::NotFound);
        QVERIFY(m_shelf.model(file).error().message.contains(
            QDir::toNativeSeparators(m_folder->path())));
        m_shelf.addFolder(other.path());
        m_shelf.addFolder(other.path() + u"/"_s);
        QCOMPARE(m_shelf.folders().size(), 2);
        QVERIFY(m_shelf.model(file));
    }

    void refusesWhatIsNoPlainName_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("empty") << QString();
        QTest::newRow("above") << u"../words-1.hga"_s;
        QTest::newRow("below") << u"x/words-1.hga"_s;
        QTest::newRow("absolute") << u"/etc/passwd.hga"_s;
        QTest::newRow("drive") << u"C:\\words-1.hga"_s;
        QTest::newRow("other ending") << u"words-1.bin"_s;
        QTest::newRow("hidden") << u".hga"_s;
    }
    void refusesWhatIsNoPlainName()
    {
        QFETCH(const QString, file);
        const auto model = m_shelf.model(file);
        QVERIFY(!model);
        QCOMPARE(model.error().code, ErrorCode::InvalidInput);
        QVERIFY(!m_shelf.copyInto(file, m_folder->path()));
    }

    void refusesWhatIsNotWhatItsNameSays_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        const QByteArray good = toBytes(test::wordArtifact(kTable));
        QByteArray newer = good;
        newer[18] = char(kArtifactVersion + 1);
        Artifact foreign = test::wordArtifact(kTable);
        foreign.kind = u"oracle"_s;
        QTest::newRow("truncated") << good.chopped(3) << int(ErrorCode::Damaged);
        QTest::newRow("not ours") << QByteArray("PK\3\4") << int(ErrorCode::Damaged);
        QTest::newRow("newer") << newer << int(ErrorCode::UnsupportedVersion);
        QTest::newRow("another") << toBytes(foreign) << int(ErrorCode::Damaged);
    }
    void refusesWhatIsNotWhatItsNameSays()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const int, code);
        write(m_folder->filePath(m_file), bytes);
        const auto model = m_shelf.model(m_file);
        QVERIFY(!model);
        QCOMPARE(int(model.error().code), code);
        QVERIFY2(model.error().message.contains(m_file), qPrintable(model.error().message));
        write(m_folder->filePath(m_file), toBytes(test::wordArtifact(kTable)));
        QVERIFY(m_shelf.model(m_file)); // a refusal is not kept
    }

    void saysOfWhichKindAStrangeModelIs()
    {
        Artifact foreign = test::wordArtifact(kTable);
        foreign.kind = u"oracle"_s;
        const QString file = saveArtifact(foreign, m_folder->path()).value();
        const auto model = m_shelf.model(file);
        QCOMPARE(model.error().code, ErrorCode::UnknownKind);
        QVERIFY(model.error().message.contains(u"oracle"_s));
        QVERIFY(model.error().message.contains(u"words"_s));
    }

    void takesAFileOfAnyNameInUnderItsOwn()
    {
        const QTemporaryDir elsewhere;
        const QString renamed = elsewhere.filePath(u"my best router"_s);
        QVERIFY(QFile::rename(m_folder->filePath(m_file), renamed));
        const QString own = m_folder->filePath(u"not/there/yet"_s);
        const auto taken = m_shelf.import(renamed, own);
        QVERIFY2(taken, taken ? "" : qPrintable(taken.error().message));
        QCOMPARE(*taken, m_file);
        QCOMPARE(contentOf(QDir(own).filePath(m_file)), contentOf(renamed));
        QVERIFY(m_shelf.holds(m_file));

        write(renamed, "something else");
        const auto refused = m_shelf.import(renamed, own);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Damaged);
        QCOMPARE(QDir(own).entryList(QDir::Files), QStringList{m_file});
    }

    void putsWhatAPolicyNamesBesideIt()
    {
        const QTemporaryDir beside;
        QVERIFY(m_shelf.copyInto(m_file, beside.path()));
        QVERIFY(m_shelf.copyInto(m_file, beside.path())); // is there
        QCOMPARE(contentOf(beside.filePath(m_file)), contentOf(m_folder->filePath(m_file)));
        const ArtifactShelf there(test::wordLearners(), {beside.path()});
        QVERIFY(there.model(m_file));
        QCOMPARE(m_shelf.copyInto(u"words-0.hga"_s, beside.path()).error().code,
                 ErrorCode::NotFound);
    }

    void servesSeveralThreads()
    {
        std::vector<const TrainedModel *> seen(8);
        std::vector<std::thread> threads;
        for (auto &place : seen)
            threads.emplace_back([&] { place = m_shelf.model(m_file)->get(); });
        for (std::thread &thread : threads)
            thread.join();
        QVERIFY(seen.front());
        QCOMPARE(std::count(seen.begin(), seen.end(), seen.front()), 8);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
    ArtifactShelf m_shelf;
};

QTEST_GUILESS_MAIN(TestArtifactShelf)
#include "tst_artifact_shelf.moc"
