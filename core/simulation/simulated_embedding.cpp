#include "core/simulation/simulated_embedding.h"

#include <QRegularExpression>

#include <cmath>

using namespace Qt::StringLiterals;

namespace headgate::simulation {

namespace {

// FNV-1a: the same on every machine, unlike qHash.
quint64 hashOf(const QByteArray &bytes)
{
    quint64 hash = 14'695'981'039'346'656'037U;
    for (const char byte : bytes) {
        hash ^= uchar(byte);
        hash *= 1'099'511'628'211U;
    }
    return hash;
}

} // namespace

const SimulatedEmbedder &simulatedEmbedder()
{
    static const SimulatedEmbedder embedder;
    return embedder;
}

QList<float> simulatedEmbedding(const QString &text, int dimensions)
{
    static const QRegularExpression separator(u"[^\\p{L}\\p{N}]+"_s);
    QList<double> sums(dimensions, 0);
    for (const QString &word : text.toLower().split(separator, Qt::SkipEmptyParts)) {
        const quint64 hash = hashOf(word.toUtf8());
        sums[qsizetype((hash >> 1) % quint64(dimensions))] += (hash & 1) ? 1 : -1;
    }
    double square = 0;
    for (const double sum : sums)
        square += sum * sum;
    if (square == 0)
        sums[0] = square = 1; // of a text without words
    QList<float> vector;
    for (const double sum : sums)
        vector.append(float(sum / std::sqrt(square)));
    return vector;
}

} // namespace headgate::simulation
