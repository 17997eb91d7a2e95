#include "core/learning/artifact_file.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace headgate::learning;
using namespace Qt::StringLiterals;

namespace {

Artifact sample()
{
    Artifact artifact;
    artifact.kind = u"linear"_s;
    artifact.header = {{"outputs", {"easy", "hard"}}, {"rows", 42}};
    artifact.blocks.insert(u"weights"_s, blockOf(std::vector<float>{0.5F, -1.25F, 3}));
    artifact.blocks.insert(u"empty"_s, {});
    return artifact;
}

} // namespace

class TestArtifactFile final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasSavedIsReadBack()
    {
        const QTemporaryDir folder;
        const auto name = saveArtifact(sample(), folder.path());
        QVERIFY2(name, name ? "" : qPrintable(name.error().message));
        QVERIFY(name->startsWith(u"linear-"_s) && name->endsWith(u".hga"_s));
        const auto read = readArtifact(folder.filePath(*name));
        QVERIFY(read);
        QCOMPARE(*read, sample());
        QCOMPARE(numbersIn<float>(*read, u"weights"_s, 3).value(),
                 (std::vector<float>{0.5F, -1.25F, 3}));
    }

    void theSameArtifactHasTheSameBytesAndAnotherOneAnotherName()
    {
        QCOMPARE(toBytes(sample()), toBytes(sample()));
        Artifact other = sample();
        other.header["rows"] = 43;
        QVERIFY(artifactFileName(other) != artifactFileName(sample()));
    }

    void everyCutAndEveryChangedByteIsRefused()
    {
        const QByteArray bytes = toBytes(sample());
        for (qsizetype length = 0; length < bytes.size(); ++length)
            QVERIFY2(!artifactFromBytes(bytes.first(length)), qPrintable(QString::number(length)));
        for (qsizetype at = 0; at < bytes.size(); ++at) {
            QByteArray changed = bytes;
            changed[at] = char(changed[at] ^ 0x20);
            QVERIFY2(!artifactFromBytes(changed), qPrintable(QString::number(at)));
        }
        QVERIFY(!artifactFromBytes(bytes + bytes));
    }

    void aNewerVersionIsToldApartFromDamage()
    {
        QByteArray bytes = toBytes(sample());
        bytes[18] = char(kArtifactVersion + 1);
        QCOMPARE(artifactFromBytes(bytes).error().code, ErrorCode::UnsupportedVersion);
        QCOMPARE(artifactFromBytes("{\"format\": \"headgate.policy\"}"_ba).error().code,
                 ErrorCode::Damaged);
    }

    void aBlockOfAnotherSizeIsDamage()
    {
        QCOMPARE(numbersIn<float>(sample(), u"weights"_s, 4).error().code, ErrorCode::Damaged);
        QCOMPARE(numbersIn<float>(sample(), u"bias"_s, 1).error().code, ErrorCode::Damaged);
    }

    void theSentenceNamesTheFile()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"foreign.hga"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("PK\3\4");
        file.close();
        QVERIFY(readArtifact(path).error().message.contains(path));
        const QString absent = folder.filePath(u"absent.hga"_s);
        QCOMPARE(readArtifact(absent).error().code, ErrorCode::NotFound);
        QVERIFY(saveArtifact(sample(), folder.filePath(u"no/such"_s)).error().message.contains(
            u"no/such"_s));
    }
};

QTEST_GUILESS_MAIN(TestArtifactFile)
#include "tst_artifact_file.moc"
