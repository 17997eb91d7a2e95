#include "core/providers/json_object_reader.h"

namespace headgate::providers {

JsonObjectReader::JsonObjectReader(Sink sink, qsizetype maxObjectBytes)
    : m_sink(std::move(sink))
    , m_maxObjectBytes(maxObjectBytes)
{
}

bool JsonObjectReader::feed(QByteArrayView bytes)
{
    qsizetype start = 0; // of the open object in `bytes`
    for (qsizetype i = 0; i < bytes.size() && !m_broken; ++i) {
        if (m_depth == 0) {
            start = i;
            takeBetween(bytes[i]);
            continue;
        }
        takeInside(bytes[i]);
        if (m_depth > 0)
            continue;
        const QByteArrayView end = bytes.sliced(start, i - start + 1);
        if (m_object.size() + end.size() > m_maxObjectBytes)
            return false;
        ++m_count;
        if (m_object.isEmpty()) {
            m_sink(end);
        } else {
            m_object.append(end);
            m_sink(m_object);
            m_object.truncate(0);
        }
    }
    if (m_depth == 0 || m_broken)
        return true;
    if (m_object.size() + bytes.size() - start > m_maxObjectBytes)
        return false;
    m_object.append(bytes.sliced(start));
    return true;
}

void JsonObjectReader::takeBetween(char c)
{
    switch (c) {
    case ' ':
    case '\t':
    case '\r':
    case '\n':
        return;
    case '{':
        m_broken = m_list == List::Closed;
        m_depth = 1;
        return;
    case '[':
        m_broken = m_list != List::None || m_count > 0;
        m_list = List::Open;
        return;
    case ']':
        m_broken = m_list != List::Open;
        m_list = List::Closed;
        return;
    case ',':
        m_broken = m_list != List::Open;
        return;
    default:
        m_broken = true;
    }
}

void JsonObjectReader::takeInside(char c)
{
    if (m_inString) {
        if (m_escaped)
            m_escaped = false;
        else if (c == '\\')
            m_escaped = true;
        else if (c == '"')
            m_inString = false;
        return;
    }
    if (c == '"')
        m_inString = true;
    else if (c == '{' || c == '[')
        ++m_depth;
    else if (c == '}' || c == ']')
        --m_depth;
}

} // namespace headgate::providers
