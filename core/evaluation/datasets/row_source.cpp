#include "core/evaluation/datasets/row_source.h"

#include "core/evaluation/datasets/csv_rows.h"
#include "core/evaluation/datasets/json_rows.h"
#include "core/evaluation/texts.h"

#include <QFileInfo>

namespace headgate::evaluation {

namespace {

// The first line that holds anything; none: the file is empty.
Result<std::optional<QByteArray>> firstLine(const QString &path)
{
    auto source = LineSource::open(path);
    if (!source)
        return tl::unexpected(source.error());
    for (;;) {
        const auto line = source->next();
        if (!line)
            return tl::unexpected(line.error());
        if (!*line)
            return std::nullopt;
        if (const QByteArrayView text = (*line)->trimmed(); !text.isEmpty())
            return text.toByteArray();
    }
}

} // namespace

Result<> RowSource::readOutcomes(const QString &column, const OutcomeSink &sink) const
{
    const auto cell = value(column);
    return cell ? readModelOutcomes(cell->text, sink) : Result<>();
}

Result<std::unique_ptr<RowSource>> openRows(const QString &path)
{
    const QString file = QFileInfo(path).fileName();
    const auto first = firstLine(path);
    if (!first)
        return tl::unexpected(first.error());
    if (!*first)
        return fail(ErrorCode::InvalidInput, Texts::tr("“%1” is empty.").arg(file));
    if ((*first)->contains('\0'))
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("“%1” is no UTF-8 text. Save it as JSON lines or CSV.").arg(file));
    if ((*first)->startsWith('['))
        return fail(
            ErrorCode::InvalidInput,
            Texts::tr("“%1” is one JSON list. Write one object a line (JSON lines).").arg(file));
    auto source = LineSource::open(path);
    if (!source)
        return tl::unexpected(source.error());
    if ((*first)->startsWith('{'))
        return makeJsonRows(std::move(*source));
    const auto separator = findSeparator(path);
    if (!separator)
        return tl::unexpected(separator.error());
    auto rows = makeCsvRows(CsvReader(std::move(*source), *separator));
    if (!rows)
        return fail(rows.error().code,
                    Texts::tr("“%1” cannot be read as CSV. %2").arg(file, rows.error().message));
    return rows;
}

} // namespace headgate::evaluation
