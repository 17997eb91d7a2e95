#include "core/embedding/embedding_cache.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryFile>
#include <QtEndian>

#include <cmath>
#include <cstdio>

namespace headgate::embedding {

using namespace Qt::StringLiterals;

namespace {

// An entry is this, the numbers as little-endian floats, and the SHA-256 of key
// and all of that.
const QByteArray kMagic = "HGEV0001"_ba;
constexpr qsizetype kHashBytes = 32;
constexpr qsizetype kLongestVector = 65'536;
constexpr int kShelves = 256; // folders by the first byte of the key

QByteArray sealOf(const QByteArray &key, QByteArrayView body) {
  QCryptographicHash hash(QCryptographicHash::Sha256);
  hash.addData(key);
  hash.addData(body);
  return hash.result();
}

QByteArray entryOf(const QByteArray &key, const QList<float> &vector) {
  QByteArray bytes = kMagic;
  const qsizetype start = bytes.size();
  bytes.resize(start + vector.size() * qsizetype(sizeof(float)));
  qToLittleEndian<float>(vector.constData(), vector.size(),
                         bytes.data() + start);
  return bytes.append(sealOf(key, bytes));
}

std::optional<QList<float>> vectorOf(const QByteArray &key,
                                     const QByteArray &bytes) {
  const qsizetype numbers = bytes.size() - kMagic.size() - kHashBytes;
  if (!bytes.startsWith(kMagic) || numbers <= 0 ||
      numbers % qsizetype(sizeof(float)) != 0)
    return {};
  const QByteArrayView body = QByteArrayView(bytes).chopped(kHashBytes);
  if (sealOf(key, body) != QByteArrayView(bytes).last(kHashBytes))
    return {};
  QList<float> vector(numbers / qsizetype(sizeof(float)));
  qFromLittleEndian<float>(bytes.constData() + kMagic.size(), vector.size(),
                           vector.data());
  const bool finite =
      std::all_of(vector.cbegin(), vector.cend(),
                  [](float number) { return std::isfinite(number); });
  return finite ? std::optional(vector) : std::nullopt;
}

} // namespace

EmbeddingCache::EmbeddingCache(QString folder, qint64 mostBytes)
    : m_folder(std::move(folder)), m_mostBytes(mostBytes) {}

QByteArray EmbeddingCache::keyOf(const QString &server, const QString &model,
                                 const QString &text) {
  QCryptographicHash hash(QCryptographicHash::Sha256);
  for (const QString &part : {server, model, text}) {
    const QByteArray bytes = part.toUtf8();
    hash.addData(QByteArray::number(bytes.size()) + ':');
    hash.addData(bytes);
  }
  return hash.result();
}

QString EmbeddingCache::shelfOf(const QByteArray &key) const {
  return m_folder + u'/' + QString::fromLatin1(key.first(1).toHex());
}

std::optional<QList<float>> EmbeddingCache::find(const QByteArray &key) const {
  if (m_folder.isEmpty())
    return {};
  QFile file(shelfOf(key) + u'/' + QString::fromLatin1(key.toHex()));
  if (!file.open(QIODevice::ReadOnly))
    return {};
  return vectorOf(key, file.read(kMagic.size() + kHashBytes +
                                 kLongestVector * qsizetype(sizeof(float))));
}

void EmbeddingCache::keep(const QByteArray &key,
                          const QList<float> &vector) const {
  if (m_folder.isEmpty() || vector.isEmpty() || vector.size() > kLongestVector)
    return;
  const QString shelf = shelfOf(key);
  const QByteArray entry = entryOf(key, vector);
  if (!QDir().mkpath(shelf) || entry.size() > m_mostBytes / kShelves)
    return;
  makeRoom(shelf, entry.size());
  // Renamed once it is whole, but not forced to the disk, which would take
  // longer than the call that it saves: an entry that a crash spoils is found
  // out by its seal.
  QTemporaryFile file(shelf + u"/part-XXXXXX"_s);
  if (!file.open() || file.write(entry) != entry.size() || !file.flush())
    return;
  const QString path = shelf + u'/' + QString::fromLatin1(key.toHex());
  if (std::rename(QFile::encodeName(file.fileName()),
                  QFile::encodeName(path)) == 0)
    file.setAutoRemove(false);
}

// Each shelf has an even share: keys spread evenly, and so one folder only is
// read.
void EmbeddingCache::makeRoom(const QString &shelf, qint64 bytes) const {
  const QFileInfoList entries =
      QDir(shelf).entryInfoList(QDir::Files, QDir::Time | QDir::Reversed);
  qint64 held = bytes;
  for (const QFileInfo &entry : entries)
    held += entry.size();
  for (const QFileInfo &entry : entries) {
    if (held <= m_mostBytes / kShelves)
      break;
    if (QFile::remove(entry.filePath()))
      held -= entry.size();
  }
}

} // namespace headgate::embedding
