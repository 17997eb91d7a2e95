#pragma once

#include "core/common/json.h"
#include "core/evaluation/outcome_members.h"

#include <QByteArray>
#include <QStringList>

#include <memory>
#include <optional>

namespace headgate::evaluation {

struct Cell
{
    QByteArray text;         // UTF-8; a list or an object as compact JSON
    bool structured = false; // it is a list or an object
};

// The rows of a file that is a table of texts, whatever its format, one at a time.
class RowSource
{
public:
    enum class Format { JsonLines, Csv };

    virtual ~RowSource() = default;
    // Goes to the next row; false at the end. An error means that the file cannot be read on.
    [[nodiscard]] virtual Result<bool> next() = 0;

    // Of the current row:
    virtual qint64 number() const = 0; // as an editor or a spreadsheet counts, from 1
    // Why the row cannot be read; empty: it can.
    virtual QString complaint() const = 0;
    // Of JSON lines those of this row, of CSV those of the header.
    virtual QStringList columns() const = 0;
    // None where the column is absent, null or empty. Numbers and truth values as JSON writes them.
    virtual std::optional<Cell> value(const QString &column) const = 0;

    // Reads what models did from a column that holds an object with one entry a model; nothing
    // where the column is absent. The error is a part of a sentence, or the sink's.
    [[nodiscard]] virtual Result<> readOutcomes(const QString &column,
                                                const OutcomeSink &sink) const;

    virtual Format format() const = 0;
    virtual qint64 bytesRead() const = 0; // of the file on the disk
    virtual qint64 fileSize() const = 0;
};

// Opens a file of JSON lines or CSV with a header, plain or gzip, told by what it begins with. The
// error is a sentence: the file is empty, is no text, or its header names a column twice.
[[nodiscard]] Result<std::unique_ptr<RowSource>> openRows(const QString &path);

} // namespace headgate::evaluation
