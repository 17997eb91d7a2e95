#include "core/embedding/embedder_name.h"

#include <QTest>

using namespace headgate;
using namespace headgate::embedding;
using namespace Qt::StringLiterals;

class TestEmbedderName final : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void aNameIsReadAsItWasWritten() {
    for (const EndpointModel &endpoint :
         {EndpointModel{u"openai"_s, u"text-embedding-3-small"_s},
          EndpointModel{u"local"_s, u"BAAI/bge-small:latest"_s}}) {
      const auto read = endpointModelIn(endpointEmbedder(endpoint));
      QVERIFY(read);
      QCOMPARE(*read, endpoint);
    }
    QCOMPARE(endpointEmbedder({u"a"_s, u"b"_s}), u"endpoint:a/b"_s);
  }

  void whatIsNotWrittenLikeThatIsRefusedByName_data() {
    QTest::addColumn<QString>("name");
    for (const char *name :
         {"", "lsa", "openai/small", "endpoint:", "endpoint:openai",
          "endpoint:openai/", "endpoint:/small", "Endpoint:a/b"})
      QTest::newRow(name) << QString::fromLatin1(name);
  }

  void whatIsNotWrittenLikeThatIsRefusedByName() {
    QFETCH(const QString, name);
    const auto read = endpointModelIn(name);
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::InvalidInput);
    QVERIFY(read.error().message.contains(u'“' + name + u'”'));
  }
};

QTEST_GUILESS_MAIN(TestEmbedderName)
#include "tst_embedder_name.moc"
