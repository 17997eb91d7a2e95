#include "core/evaluation/prompt_split.h"

#include <QCryptographicHash>
#include <QtEndian>

namespace headgate::evaluation {

Part partOf(QByteArrayView prompt)
{
    const QByteArray hash = QCryptographicHash::hash(prompt, QCryptographicHash::Sha256);
    const auto place = qFromBigEndian<quint64>(hash.constData()) % 10;
    return place < 6 ? Part::Train : place < 8 ? Part::Validation : Part::Test;
}

} // namespace headgate::evaluation
