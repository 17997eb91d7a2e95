#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace headgate::embedding {

// Vectors that endpoints returned, in a folder of files, each named after the
// SHA-256 of what was asked. Several programs may use one folder at once. An
// entry that is damaged, cut short or not to be read counts as absent; one that
// cannot be written is not kept: what the cache holds only ever saves a call.
// Any thread.
class EmbeddingCache {
public:
  static constexpr qint64 kMostBytes = qint64(256) << 20;

  // An empty folder: nothing is kept. Where more than `mostBytes` would lie
  // there, the entries that were written first go.
  explicit EmbeddingCache(QString folder, qint64 mostBytes = kMostBytes);

  // What an entry stands under. `server` is where it was asked.
  static QByteArray keyOf(const QString &server, const QString &model,
                          const QString &text);

  std::optional<QList<float>> find(const QByteArray &key) const;
  void keep(const QByteArray &key, const QList<float> &vector) const;

private:
  QString shelfOf(const QByteArray &key) const;
  void makeRoom(const QString &shelf, qint64 bytes) const;

  QString m_folder;
  qint64 m_mostBytes;
};

} // namespace headgate::embedding
