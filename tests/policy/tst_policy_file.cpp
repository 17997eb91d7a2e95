#include "core/policy/policy_format.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace headgate::policy;
using namespace Qt::StringLiterals;

namespace {

PolicyDocument named(const QString &name)
{
    PolicyDocument document;
    document.name = name;
    document.nodes = {{.id = {u"n1"_s}, .kind = u"query"_s}};
    return document;
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(no file)");
}

void put(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
}

} // namespace

class TestPolicyFile final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(u"support.headgate"_s);
    }

    void writesAndReadsBack()
    {
        QVERIFY(writePolicyFile(named(u"one"_s), m_path));
        const auto loaded = readPolicyFile(m_path);
        QVERIFY(loaded);
        QCOMPARE(loaded->document, named(u"one"_s));
        QVERIFY(!QFile::exists(m_path + u".bak"_s));
    }

    void keepsTheFormerFileAsBackup()
    {
        for (const QString &name : {u"one"_s, u"two"_s, u"three"_s})
            QVERIFY(writePolicyFile(named(name), m_path));
        QCOMPARE(readPolicyFile(m_path)->document.name, u"three"_s);
        QCOMPARE(readPolicyFile(m_path + u".bak"_s)->document.name, u"two"_s);
    }

    void savingTheSameAgainKeepsTheOlderBackup()
    {
        for (const QString &name : {u"one"_s, u"two"_s, u"two"_s})
            QVERIFY(writePolicyFile(named(name), m_path));
        QCOMPARE(readPolicyFile(m_path + u".bak"_s)->document.name, u"one"_s);
    }

    void neverWritesOverAFileOfANewerVersion()
    {
        for (const QByteArray &text :
             {QByteArray(R"({"format": "headgate.policy", "version": 2})"),
              QByteArray(R"({"format": "headgate.policy", "version": 2, "nodes": "elsewhere"})")}) {
            put(m_path, text);
            const auto written = writePolicyFile(named(u"mine"_s), m_path);
            QVERIFY(!written);
            QCOMPARE(written.error().code, ErrorCode::UnsupportedVersion);
            QCOMPARE(bytesOf(m_path), text);
            QVERIFY(!QFile::exists(m_path + u".bak"_s));
        }
    }

    void keepsADamagedFileAsBackup()
    {
        put(m_path, "{ half a pol");
        QVERIFY(!readPolicyFile(m_path));
        QCOMPARE(bytesOf(m_path), QByteArray("{ half a pol"));
        QVERIFY(writePolicyFile(named(u"mine"_s), m_path));
        QCOMPARE(bytesOf(m_path + u".bak"_s), QByteArray("{ half a pol"));
    }

    void refusesToWriteWhatCouldNotBeReadAgain()
    {
        QVERIFY(writePolicyFile(named(u"good"_s), m_path));
        const QByteArray before = bytesOf(m_path);
        PolicyDocument twice = named(u"bad"_s);
        twice.nodes.append(twice.nodes[0]);
        QVERIFY(!writePolicyFile(twice, m_path));
        PolicyDocument deep = named(u"deep"_s);
        for (int level = 0; level < 200; ++level)
            deep.nodes[0].config = Json{{"in", std::move(deep.nodes[0].config)}};
        QVERIFY(!writePolicyFile(deep, m_path));
        QCOMPARE(bytesOf(m_path), before);
    }

    void errorsNameTheFile()
    {
        const auto missing = readPolicyFile(m_path);
        QVERIFY(!missing);
        QCOMPARE(missing.error().code, ErrorCode::NotFound);
        QVERIFY(missing.error().message.contains(u"support.headgate"_s));
        put(m_path, "{\n\n  oops");
        const auto damaged = readPolicyFile(m_path);
        QVERIFY(!damaged);
        QVERIFY2(damaged.error().message.contains(u"support.headgate"_s) &&
                     damaged.error().message.contains(u"line 3"_s),
                 qPrintable(damaged.error().message));
        QCOMPARE(readPolicyFile(m_folder->path()).error().code, ErrorCode::Io);
        const auto nowhere =
            writePolicyFile(named(u"x"_s), m_folder->filePath(u"no/such/folder/x.headgate"_s));
        QVERIFY(!nowhere);
        QCOMPARE(nowhere.error().code, ErrorCode::Io);
    }

    void aFileTooLargeToBeAPolicyIsNeitherReadNorReplaced()
    {
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.resize(kMaxPolicyBytes + 100)); // sparse
        file.close();
        QVERIFY(!readPolicyFile(m_path));
        QVERIFY(!writePolicyFile(named(u"x"_s), m_path));
        QCOMPARE(QFile(m_path).size(), kMaxPolicyBytes + 100);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

QTEST_GUILESS_MAIN(TestPolicyFile)
#include "tst_policy_file.moc"
