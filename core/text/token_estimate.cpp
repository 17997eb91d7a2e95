#include "core/text/token_estimate.h"

namespace headgate::text {

namespace {

constexpr qint64 kBytesPerToken = 4;
constexpr qint64 kFrameTokens = 4;

// Counted rather than converted, so that a long text costs no memory. A lone surrogate counts as
// the replacement character that it becomes on the wire.
qint64 utf8Bytes(QStringView text)
{
    qint64 bytes = 0;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const QChar unit = text[at];
        if (unit.unicode() < 0x80) {
            bytes += 1;
        } else if (unit.unicode() < 0x800) {
            bytes += 2;
        } else if (unit.isHighSurrogate() && at + 1 < text.size() &&
                   text[at + 1].isLowSurrogate()) {
            bytes += 4;
            ++at;
        } else {
            bytes += 3;
        }
    }
    return bytes;
}

} // namespace

qint64 estimateTokens(QStringView text)
{
    return (utf8Bytes(text) + kBytesPerToken - 1) / kBytesPerToken;
}

qint64 estimateTokens(const QList<Message> &messages)
{
    qint64 tokens = 0;
    for (const Message &message : messages)
        tokens += estimateTokens(message.text) + kFrameTokens;
    return tokens;
}

} // namespace headgate::text
