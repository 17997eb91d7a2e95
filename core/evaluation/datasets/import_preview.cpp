#include "core/evaluation/datasets/import_preview.h"

#include "core/evaluation/texts.h"

namespace headgate::evaluation {

namespace {

constexpr qsizetype kLongestCell = 500;

QString cellText(const std::optional<Cell> &cell)
{
    const QString text = cell ? QString::fromUtf8(cell->text) : QString();
    return text.size() <= kLongestCell ? text : text.left(kLongestCell) + QChar(0x2026);
}

} // namespace

bool holdsOutcomes(const ColumnMapping &mapping, const QString &column)
{
    return !mapping.outcomes.isEmpty() &&
           (column == mapping.outcomes || column.startsWith(mapping.outcomes + u'.'));
}

Result<ImportPreview> previewImport(const QString &path, int rows)
{
    auto source = openRows(path);
    if (!source)
        return tl::unexpected(source.error());
    RowSource &row = **source;
    ImportPreview preview{.format = row.format()};
    if (preview.format == RowSource::Format::Csv)
        preview.columns = row.columns();
    QList<QHash<QString, QString>> read;
    while (read.size() < rows) {
        const auto more = row.next();
        if (!more)
            return tl::unexpected(more.error());
        if (!*more)
            break;
        if (!row.complaint().isEmpty())
            preview.notes.append(
                Texts::tr("Row %1 cannot be read: %2").arg(row.number()).arg(row.complaint()));
        QHash<QString, QString> cells;
        for (const QString &column : row.columns()) {
            if (!preview.columns.contains(column))
                preview.columns.append(column);
            cells.insert(column, cellText(row.value(column)));
        }
        read.append(std::move(cells));
    }
    for (const auto &cells : std::as_const(read)) {
        QStringList line;
        for (const QString &column : std::as_const(preview.columns))
            line.append(cells.value(column));
        preview.rows.append(std::move(line));
    }
    preview.guess = guessMapping(preview.columns, preview.notes);
    return preview;
}

} // namespace headgate::evaluation
