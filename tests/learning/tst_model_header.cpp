#include "core/learning/model_header.h"

#include <QTest>

using namespace headgate;
using namespace headgate::learning;
using namespace Qt::StringLiterals;

namespace {

TrainingSet someSet()
{
    TrainingSet set;
    set.kind = TargetKind::Qualities;
    set.outputs = {u"small"_s, u"large"_s};
    set.prompts = {u"one"_s, u"two"_s, u"three"_s};
    set.targets = {2, {0, 1, 1, 1, 0, 0}};
    set.embedder = u"lsa"_s;
    set.embeddings = {4, std::vector<float>(12)};
    return set;
}

} // namespace

class TestModelHeader final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasTrainedOnIsReadBack()
    {
        const Artifact artifact = describedArtifact(u"knn"_s, someSet(), true, {{"k", 5}}, 12);
        QCOMPARE(artifact.kind, u"knn"_s);
        QCOMPARE(artifact.header["rows"], Json(3));
        QCOMPARE(artifact.header["seed"], Json(12));
        QCOMPARE(artifact.header["options"]["k"], Json(5));
        const auto header = modelHeader(artifact);
        QVERIFY(header);
        QCOMPARE(*header, (ModelHeader{TargetKind::Qualities, someSet().outputs, u"lsa"_s, 4}));
        const auto texts = modelHeader(describedArtifact(u"knn"_s, someSet(), false, {}, 1));
        QVERIFY(texts && texts->embedder.isEmpty());
        QCOMPARE(texts->embeddingSize, 0);
    }

    void everyKindHasAName()
    {
        for (const auto kind : {TargetKind::Labels, TargetKind::Qualities, TargetKind::Rightness})
            QCOMPARE(targetKindNamed(targetKindName(kind)), kind);
        QVERIFY(!targetKindNamed(u"loudness"_s));
    }

    void whatIsMissingOrOfAnotherTypeIsDamage_data()
    {
        QTest::addColumn<QByteArray>("change");
        QTest::newRow("no target") << QByteArray(R"({"target": null})");
        QTest::newRow("another target") << QByteArray(R"({"target": "loudness"})");
        QTest::newRow("no outputs") << QByteArray(R"({"outputs": []})");
        QTest::newRow("outputs of numbers") << QByteArray(R"({"outputs": [1, 2]})");
        QTest::newRow("a size without embedder") << QByteArray(R"({"embedder": null})");
        QTest::newRow("an embedder without size") << QByteArray(R"({"embedding_size": 0})");
        QTest::newRow("a size below 0") << QByteArray(R"({"embedding_size": -4})");
        QTest::newRow("a huge size") << QByteArray(R"({"embedding_size": 1e18})");
    }
    void whatIsMissingOrOfAnotherTypeIsDamage()
    {
        QFETCH(QByteArray, change);
        Artifact artifact = describedArtifact(u"knn"_s, someSet(), true, {}, 1);
        artifact.header.update(Json::parse(change.toStdString()));
        const auto header = modelHeader(artifact);
        QVERIFY(!header);
        QCOMPARE(header.error().code, ErrorCode::Damaged);
    }
};

QTEST_GUILESS_MAIN(TestModelHeader)
#include "tst_model_header.moc"
