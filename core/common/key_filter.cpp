#include "core/common/key_filter.h"

#include "core/common/redaction.h"

#include <utility>

namespace headgate {

QString KeyFilter::feed(const QString &piece)
{
    const QString text = std::exchange(m_waiting, {}) + piece;
    // Half of a character is none yet.
    const bool isHalf = !text.isEmpty() && text.back().isHighSurrogate();
    const qsizetype whole = text.size() - (isHalf ? 1 : 0);
    const qsizetype cut = placeOfCutKey(text.first(whole));
    m_waiting = text.sliced(cut);
    return withoutKnownKeys(text.first(cut));
}

QString KeyFilter::rest()
{
    return withoutKnownKeys(std::exchange(m_waiting, {}));
}

} // namespace headgate
