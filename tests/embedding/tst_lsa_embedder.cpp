#include "core/embedding/lsa_embedder.h"

#include <QTest>
#include <QTimer>

using namespace headgate;
using namespace headgate::embedding;
using namespace Qt::StringLiterals;

namespace {

const QStringList kTexts{u"sail and tide"_s,  u"tide and mast"_s,
                         u"mast and sail"_s,  u"flour and salt"_s,
                         u"salt and yeast"_s, u"yeast and flour"_s};

std::shared_ptr<const learning::LatentSpace> space() {
  learning::LatentOptions options;
  options.dimensions = 3;
  options.features.bits = 10;
  return std::make_shared<const learning::LatentSpace>(
      *learning::LatentSpace::fit(kTexts, options, 1));
}

} // namespace

class TestLsaEmbedder final : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void embedsAsItsSpaceDoesAndAsksNobody() {
    LsaEmbedder embedder(space());
    QCOMPARE(embedder.name(), u"lsa"_s);
    QCOMPARE(embedder.size(), 3);
    QStringList texts;
    for (int i = 0; i < 40; ++i)
      texts += kTexts;
    texts += u""_s;
    QList<qsizetype> told;
    auto task =
        embedder.embed(texts, {}, [&](qsizetype done) { told.append(done); });
    const auto embedded = QCoro::waitFor(task);
    QVERIFY(embedded);
    QVERIFY(!embedded->called);
    QCOMPARE(embedded->vectors, space()->transform(texts));
    QVERIFY(told.size() > 2 && std::is_sorted(told.begin(), told.end()));
    QCOMPARE(told.last(), texts.size());
  }

  void othersRunBetweenItsSteps() {
    LsaEmbedder embedder(space());
    int turns = 0;
    bool ended = false;
    QTimer timer;
    connect(&timer, &QTimer::timeout, this, [&] { turns += ended ? 0 : 1; });
    timer.start(0);
    auto task = embedder.embed(QStringList(1000, kTexts[0]), {}, {});
    const auto embedded = QCoro::waitFor(task);
    ended = true;
    QVERIFY(embedded);
    QVERIFY2(turns >= 5, qPrintable(QString::number(turns)));
  }

  void aStoppedOneSaysSo() {
    LsaEmbedder embedder(space());
    std::stop_source stop;
    auto task = embedder.embed(QStringList(1000, kTexts[0]), stop.get_token(),
                               [&](qsizetype) { stop.request_stop(); });
    const auto embedded = QCoro::waitFor(task);
    QVERIFY(!embedded);
    QCOMPARE(embedded.error().code, ErrorCode::Cancelled);
  }

  void noTextsAreNoRows() {
    LsaEmbedder embedder(space());
    auto task = embedder.embed({}, {}, {});
    const auto embedded = QCoro::waitFor(task);
    QVERIFY(embedded);
    QCOMPARE(embedded->vectors.rows(), 0);
  }
};

QTEST_GUILESS_MAIN(TestLsaEmbedder)
#include "tst_lsa_embedder.moc"
