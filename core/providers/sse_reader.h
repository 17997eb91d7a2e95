#pragma once

#include <QByteArray>

#include <functional>

namespace headgate::providers {

// One server-sent event. The views hold only while the event is being handed over.
struct SseEvent
{
    QByteArrayView name; // of the `event` field; "error" where the data came in an `error` field
    QByteArrayView data;
};

// Reads a stream of server-sent events: bytes in, events out. How the bytes are cut changes
// nothing. Works on bytes alone; whoever takes the events decides what the data is.
class SseReader
{
public:
    using Sink = std::function<void(const SseEvent &event)>;

    explicit SseReader(Sink sink, qsizetype maxEventBytes = 16 * 1024 * 1024);

    // False: a line or an event is over the limit, and nothing more is read.
    bool feed(QByteArrayView bytes);
    // The stream has ended: hands over an event whose last blank line is missing.
    void finish();

private:
    qsizetype lineEnd(QByteArrayView bytes, qsizetype &nextLineFeed) const;
    void keep(QByteArrayView bytes);
    void takeLine(QByteArrayView line);
    void takeField(QByteArrayView field, QByteArrayView value);
    void dispatch();

    Sink m_sink;
    qsizetype m_maxEventBytes = 0;
    QByteArray m_line; // the part of the current line that came with earlier bytes
    QByteArray m_name;
    QByteArray m_data;
    bool m_hasData = false;
    bool m_firstLine = true;
    bool m_skipLineFeed = false; // the last line ended with \r: a \n now belongs to it
    bool m_overflowed = false;
};

} // namespace headgate::providers
