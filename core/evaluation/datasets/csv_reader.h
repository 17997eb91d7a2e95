#pragma once

#include "core/evaluation/line_source.h"

#include <QByteArray>

#include <vector>

namespace headgate::evaluation {

// Records of a CSV file (RFC 4180), one at a time: fields in quotation marks may hold separators,
// doubled quotation marks and line ends (which become LF). Beyond the RFC, white lines are skipped
// and a quotation mark inside of a plain field is a character like any other.
class CsvReader
{
public:
    // The most that one record may have.
    static constexpr qsizetype kLongestRecord = 64 * 1024 * 1024;

    CsvReader(LineSource source, char separator);

    // The next record, valid until the next call; none at the end. An error names the line; the
    // file cannot be read on then.
    [[nodiscard]] Result<std::optional<std::vector<QByteArrayView>>> next();
    // Of the record last given, from 1, as a spreadsheet counts rows.
    qint64 recordNumber() const { return m_record; }
    const LineSource &source() const { return m_source; }

private:
    struct Span
    {
        qsizetype from = 0;
        qsizetype length = 0;
    };

    Result<> readFields(QByteArrayView line);
    qsizetype readPlain(QByteArrayView line, qsizetype at);
    Result<qsizetype> readQuoted(QByteArrayView &line, qsizetype at);

    LineSource m_source;
    char m_separator = ',';
    QByteArray m_text; // of the record's fields, one behind the other
    std::vector<Span> m_fields;
    qint64 m_record = 0;
};

// ',', ';' or tab: the one that parts the file's first records into the most fields, as many in
// each. A comma where nothing tells.
[[nodiscard]] Result<char> findSeparator(const QString &path);

} // namespace headgate::evaluation
