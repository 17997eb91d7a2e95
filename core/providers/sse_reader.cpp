#include "core/providers/sse_reader.h"

#include <cstring>

namespace headgate::providers {

namespace {

qsizetype indexOf(QByteArrayView bytes, char wanted)
{
    const void *found = std::memchr(bytes.data(), wanted, size_t(bytes.size()));
    return found ? static_cast<const char *>(found) - bytes.data() : -1;
}

} // namespace

SseReader::SseReader(Sink sink, qsizetype maxEventBytes)
    : m_sink(std::move(sink))
    , m_maxEventBytes(maxEventBytes)
{
}

bool SseReader::feed(QByteArrayView bytes)
{
    qsizetype nextLineFeed = -1;
    while (!bytes.isEmpty() && !m_overflowed) {
        if (std::exchange(m_skipLineFeed, false) && bytes.front() == '\n') {
            bytes = bytes.sliced(1);
            --nextLineFeed;
            continue;
        }
        const qsizetype end = lineEnd(bytes, nextLineFeed);
        if (end < 0) {
            keep(bytes);
            break;
        }
        m_skipLineFeed = bytes[end] == '\r';
        if (m_line.isEmpty()) {
            takeLine(bytes.first(end));
        } else {
            keep(bytes.first(end));
            takeLine(m_line);
            m_line.truncate(0);
        }
        bytes = bytes.sliced(end + 1);
        nextLineFeed -= end + 1;
    }
    return !m_overflowed;
}

// Where the first line of `bytes` ends, or -1. The place of the next line feed is remembered
// between calls, so that a text with lone carriage returns is not searched again for each line.
qsizetype SseReader::lineEnd(QByteArrayView bytes, qsizetype &nextLineFeed) const
{
    if (nextLineFeed < 0) {
        nextLineFeed = indexOf(bytes, '\n');
        if (nextLineFeed < 0)
            nextLineFeed = bytes.size();
    }
    const qsizetype carriageReturn = indexOf(bytes.first(nextLineFeed), '\r');
    if (carriageReturn >= 0)
        return carriageReturn;
    return nextLineFeed < bytes.size() ? nextLineFeed : -1;
}

void SseReader::keep(QByteArrayView bytes)
{
    if (m_line.size() + bytes.size() > m_maxEventBytes)
        m_overflowed = true;
    else
        m_line.append(bytes);
}

void SseReader::takeLine(QByteArrayView line)
{
    if (m_overflowed)
        return;
    if (std::exchange(m_firstLine, false) && line.startsWith("\xEF\xBB\xBF"))
        line = line.sliced(3);
    if (line.isEmpty()) {
        dispatch();
        return;
    }
    const qsizetype colon = indexOf(line, ':');
    if (colon == 0)
        return; // a comment
    if (colon < 0) {
        takeField(line, {});
        return;
    }
    QByteArrayView value = line.sliced(colon + 1);
    if (value.startsWith(' '))
        value = value.sliced(1);
    takeField(line.first(colon), value);
}

void SseReader::takeField(QByteArrayView field, QByteArrayView value)
{
    const bool isError = field == "error";
    if (field == "data" || isError) {
        if (m_data.size() + value.size() + 1 > m_maxEventBytes) {
            m_overflowed = true;
            return;
        }
        if (std::exchange(m_hasData, true))
            m_data.append('\n');
        m_data.append(value);
    }
    if (isError)
        m_name = QByteArrayLiteral("error");
    else if (field == "event")
        m_name = value.toByteArray();
}

void SseReader::dispatch()
{
    if (!m_data.isEmpty())
        m_sink({m_name, m_data});
    m_name.truncate(0);
    m_data.truncate(0);
    m_hasData = false;
}

void SseReader::finish()
{
    if (m_overflowed)
        return;
    if (!m_line.isEmpty())
        takeLine(m_line);
    m_line.truncate(0);
    dispatch();
}

} // namespace headgate::providers
