#pragma once

#include "core/learning/matrix.h"

#include <QMap>
#include <QStringList>

#include <memory>

namespace headgate::engine {

// The embeddings of routers' references, asked for by the first query that needs them and kept for
// those after it. Of one runner's thread.
class ReferenceEmbeddings
{
public:
    // Null where nobody asked for them yet.
    std::shared_ptr<const learning::DenseMatrix> find(const QString &embedder,
                                                      const QStringList &texts) const;
    void keep(const QString &embedder, const QStringList &texts,
              std::shared_ptr<const learning::DenseMatrix> vectors);

private:
    QMap<QByteArray, std::shared_ptr<const learning::DenseMatrix>> m_kept; // by their hash
};

} // namespace headgate::engine
