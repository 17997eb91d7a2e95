#include "core/evaluation/prompt_split.h"

#include <QCryptographicHash>
#include <QtEndian>

namespace headgate::evaluation {

quint64 promptHash(QByteArrayView prompt)
{
    const QByteArray hash = QCryptographicHash::hash(prompt, QCryptographicHash::Sha256);
    return qFromBigEndian<quint64>(hash.constData());
}

Part partOfHash(quint64 hash)
{
    const auto place = hash % 10;
    return place < 6 ? Part::Train : place < 8 ? Part::Validation : Part::Test;
}

Part partOf(QByteArrayView prompt)
{
    return partOfHash(promptHash(prompt));
}

} // namespace headgate::evaluation
