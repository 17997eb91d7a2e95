#include "core/embedding/embedding_cache.h"

#include <QDirIterator>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace headgate::embedding;
using namespace Qt::StringLiterals;

namespace {

const QList<float> kVector{0.25F, -1, 3.5F};

QByteArray keyOf(int number) {
  return EmbeddingCache::keyOf(u"server"_s, u"model"_s,
                               QString::number(number));
}

QStringList filesIn(const QString &folder) {
  QStringList files;
  QDirIterator entries(folder, QDir::Files | QDir::Hidden,
                       QDirIterator::Subdirectories);
  while (entries.hasNext())
    files.append(entries.next());
  return files;
}

QByteArray bytesOf(const QString &path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void overwrite(const QString &path, const QByteArray &bytes) {
  QFile file(path);
  QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
  QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class TestEmbeddingCache final : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void whatWasKeptIsFoundAgainByAnotherCacheOfTheFolder() {
    const QTemporaryDir folder;
    EmbeddingCache(folder.path()).keep(keyOf(1), kVector);
    const EmbeddingCache cache(folder.path());
    QCOMPARE(cache.find(keyOf(1)), std::optional(kVector));
    QVERIFY(!cache.find(keyOf(2)));
    cache.keep(keyOf(1), {7});
    QCOMPARE(cache.find(keyOf(1)), std::optional(QList<float>{7}));
  }

  void aKeyIsOfServerModelAndTextApart() {
    QSet<QByteArray> keys;
    for (const auto &[server, model, text] :
         {std::tuple(u"a"_s, u"b"_s, u"c"_s),
          std::tuple(u"ab"_s, u""_s, u"c"_s),
          std::tuple(u"a"_s, u"bc"_s, u""_s),
          std::tuple(u"a"_s, u"b"_s, u"C"_s),
          std::tuple(u"a"_s, u"b"_s, u"c "_s)})
      keys.insert(EmbeddingCache::keyOf(server, model, text));
    QCOMPARE(keys.size(), 5);
    QCOMPARE(keyOf(1), keyOf(1));
  }

  void everyCutAndEveryChangedByteCountsAsAbsent() {
    const QTemporaryDir folder;
    const EmbeddingCache cache(folder.path());
    cache.keep(keyOf(1), kVector);
    const QString path = filesIn(folder.path()).value(0);
    const QByteArray whole = bytesOf(path);
    QVERIFY(!whole.isEmpty());
    for (qsizetype length = 0; length < whole.size(); ++length) {
      overwrite(path, whole.first(length));
      QVERIFY(!cache.find(keyOf(1)));
    }
    for (qsizetype at = 0; at < whole.size(); ++at) {
      QByteArray changed = whole;
      changed[at] = char(changed[at] ^ 1);
      overwrite(path, changed);
      QVERIFY(!cache.find(keyOf(1)));
    }
    cache.keep(keyOf(1), kVector);
    QCOMPARE(cache.find(keyOf(1)), std::optional(kVector));
  }

  void theEntryOfAnotherKeyIsNotTakenForIt() {
    const QTemporaryDir folder;
    const EmbeddingCache cache(folder.path());
    cache.keep(keyOf(1), kVector);
    const QByteArray entry = bytesOf(filesIn(folder.path()).value(0));
    const QString shelf =
        folder.filePath(QString::fromLatin1(keyOf(2).first(1).toHex()));
    QVERIFY(QDir().mkpath(shelf));
    overwrite(shelf + u'/' + QString::fromLatin1(keyOf(2).toHex()), entry);
    QVERIFY(!cache.find(keyOf(2)));
  }

  void numbersThatAreNoneAreNotHandedOut() {
    const QTemporaryDir folder;
    const EmbeddingCache cache(folder.path());
    cache.keep(keyOf(1), {1, std::nanf("")});
    QVERIFY(!cache.find(keyOf(1)));
  }

  void itStaysWithinItsBoundAndKeepsTheLatest() {
    const QTemporaryDir folder;
    constexpr qint64 most = 256 * 200; // an entry or two a shelf
    const EmbeddingCache cache(folder.path(), most);
    constexpr int count = 1500;
    for (int i = 0; i < count; ++i)
      cache.keep(keyOf(i), QList<float>(20, float(i)));
    qint64 bytes = 0;
    const QStringList files = filesIn(folder.path());
    for (const QString &file : files)
      bytes += QFileInfo(file).size();
    QVERIFY2(bytes <= most, qPrintable(QString::number(bytes)));
    QVERIFY(files.size() > 200);
    QCOMPARE(cache.find(keyOf(count - 1)),
             std::optional(QList<float>(20, float(count - 1))));
  }

  void aFolderThatCannotBeWrittenKeepsNothingAndHarmsNothing() {
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"file"_s);
    overwrite(file, "x");
    for (const QString &path : {QString(), file + u"/below"_s}) {
      const EmbeddingCache cache(path);
      cache.keep(keyOf(1), kVector);
      QVERIFY(!cache.find(keyOf(1)));
    }
    QCOMPARE(filesIn(folder.path()), QStringList{file});
  }
};

QTEST_GUILESS_MAIN(TestEmbeddingCache)
#include "tst_embedding_cache.moc"
