#include "core/engine/reference_embeddings.h"

#include <QCryptographicHash>

namespace headgate::engine {

namespace {

constexpr qsizetype kMostKept = 32; // lists of references

QByteArray keyOf(const QString &embedder, const QStringList &texts)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto add = [&hash](const QString &text) {
        hash.addData(QByteArray::number(text.size()) + ':' + text.toUtf8());
    };
    add(embedder);
    for (const QString &text : texts)
        add(text);
    return hash.result();
}

} // namespace

std::shared_ptr<const learning::DenseMatrix>
ReferenceEmbeddings::find(const QString &embedder, const QStringList &texts) const
{
    return m_kept.value(keyOf(embedder, texts));
}

void ReferenceEmbeddings::keep(const QString &embedder, const QStringList &texts,
                               std::shared_ptr<const learning::DenseMatrix> vectors)
{
    // Policies that are drawn anew again and again; what is in use is soon there again.
    if (m_kept.size() >= kMostKept)
        m_kept.clear();
    m_kept.insert(keyOf(embedder, texts), std::move(vectors));
}

} // namespace headgate::engine
