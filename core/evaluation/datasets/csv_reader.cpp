#include "core/evaluation/datasets/csv_reader.h"

#include "core/evaluation/texts.h"

#include <cstring>

namespace headgate::evaluation {

namespace {

constexpr int kProbedRecords = 20;

qsizetype find(QByteArrayView line, char wanted, qsizetype from)
{
    if (from >= line.size())
        return -1;
    const void *found =
        std::memchr(line.data() + from, wanted, static_cast<size_t>(line.size() - from));
    return found ? static_cast<const char *>(found) - line.data() : -1;
}

} // namespace

CsvReader::CsvReader(LineSource source, char separator)
    : m_source(std::move(source))
    , m_separator(separator)
{
}

Result<std::optional<std::vector<QByteArrayView>>> CsvReader::next()
{
    for (;;) {
        const auto line = m_source.next();
        if (!line)
            return tl::unexpected(line.error());
        if (!*line)
            return std::nullopt;
        ++m_record;
        if ((*line)->trimmed().isEmpty())
            continue;
        if (auto read = readFields(**line); !read)
            return tl::unexpected(std::move(read.error()));
        std::vector<QByteArrayView> fields;
        fields.reserve(m_fields.size());
        for (const Span &span : m_fields)
            fields.push_back(QByteArrayView(m_text).sliced(span.from, span.length));
        return fields;
    }
}

Result<> CsvReader::readFields(QByteArrayView line)
{
    m_text.resize(0);
    m_fields.clear();
    qsizetype at = 0;
    for (;;) {
        if (at < line.size() && line[at] == '"') {
            const auto end = readQuoted(line, at + 1);
            if (!end)
                return tl::unexpected(end.error());
            at = *end;
        } else {
            at = readPlain(line, at);
        }
        if (at >= line.size())
            return {};
        ++at; // the separator; a field follows even where the line ends with it
    }
}

// Where the field ends: at a separator or the line's end.
qsizetype CsvReader::readPlain(QByteArrayView line, qsizetype at)
{
    const qsizetype found = find(line, m_separator, at);
    const qsizetype end = found < 0 ? line.size() : found;
    m_fields.push_back({m_text.size(), end - at});
    m_text.append(line.sliced(at, end - at));
    return end;
}

// From behind the opening mark; `line` becomes the one in which the field ends.
Result<qsizetype> CsvReader::readQuoted(QByteArrayView &line, qsizetype at)
{
    const qint64 opened = m_source.lineNumber();
    const qsizetype from = m_text.size();
    for (;;) {
        const qsizetype mark = find(line, '"', at);
        if (mark >= 0 && mark + 1 < line.size() && line[mark + 1] == '"') {
            m_text.append(line.sliced(at, mark + 1 - at));
            at = mark + 2;
        } else if (mark >= 0) {
            m_text.append(line.sliced(at, mark - at));
            m_fields.push_back({from, m_text.size() - from});
            if (mark + 1 < line.size() && line[mark + 1] != m_separator)
                return fail(ErrorCode::InvalidInput,
                            Texts::tr("Line %1: text follows a closing quotation mark.")
                                .arg(m_source.lineNumber()));
            return mark + 1;
        } else {
            m_text.append(line.sliced(at));
            m_text.append('\n');
            if (m_text.size() > kLongestRecord)
                return fail(ErrorCode::InvalidInput,
                            Texts::tr("Line %1: a quotation mark is opened and not closed within "
                                      "%2 MB.")
                                .arg(opened)
                                .arg(kLongestRecord / (1024 * 1024)));
            const auto next = m_source.next();
            if (!next)
                return tl::unexpected(next.error());
            if (!*next)
                return fail(
                    ErrorCode::InvalidInput,
                    Texts::tr("Line %1: a quotation mark is opened and never closed.").arg(opened));
            line = **next;
            at = 0;
        }
    }
}

Result<char> findSeparator(const QString &path)
{
    char best = ',';
    size_t most = 1;
    for (const char candidate : {',', ';', '\t'}) {
        auto source = LineSource::open(path);
        if (!source)
            return tl::unexpected(source.error());
        CsvReader reader(std::move(*source), candidate);
        size_t fields = 0;
        bool even = true;
        for (int i = 0; even && i < kProbedRecords; ++i) {
            const auto record = reader.next();
            // With the wrong separator a quotation mark may well stand in the middle.
            even = record.has_value();
            if (!record || !*record)
                break;
            even = fields == 0 || (*record)->size() == fields;
            fields = (*record)->size();
        }
        if (even && fields > most) {
            best = candidate;
            most = fields;
        }
    }
    return best;
}

} // namespace headgate::evaluation
