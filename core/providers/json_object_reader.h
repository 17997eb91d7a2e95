#pragma once

#include <QByteArray>

#include <functional>

namespace headgate::providers {

// Finds the JSON objects in a body: one alone, one a line, or the elements of a list. Bytes in,
// the text of each object out as soon as it is closed; how the bytes are cut changes nothing.
// Whether the text is JSON is for the taker to say.
class JsonObjectReader
{
public:
    using Sink = std::function<void(QByteArrayView object)>;

    JsonObjectReader(Sink sink, qsizetype maxObjectBytes);

    // False: an object is over the limit, and nothing more is read.
    bool feed(QByteArrayView bytes);

    // Something that is no object stands between or behind the objects.
    bool broken() const { return m_broken; }
    // Nothing is open: no object and no list.
    bool closed() const { return m_depth == 0 && m_list != List::Open && !m_broken; }
    qsizetype count() const { return m_count; }

private:
    enum class List { None, Open, Closed };

    void takeBetween(char c);
    void takeInside(char c);

    Sink m_sink;
    qsizetype m_maxObjectBytes = 0;
    QByteArray m_object; // the part of the open object that came with earlier bytes
    qsizetype m_count = 0;
    int m_depth = 0;
    List m_list = List::None;
    bool m_inString = false;
    bool m_escaped = false;
    bool m_broken = false;
};

} // namespace headgate::providers
