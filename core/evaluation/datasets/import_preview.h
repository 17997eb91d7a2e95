#pragma once

#include "core/evaluation/datasets/row_source.h"

namespace headgate::evaluation {

// Which column of a file holds what; an empty name: none does.
struct ColumnMapping
{
    QString prompt{}; // text or messages; must be there
    QString expected{};
    QString id{}; // none: the row's number
    QString subset{};
    QString outcomes{};     // what models did: as the "models" of an outcome file
    QStringList metadata{}; // kept as they are

    bool operator==(const ColumnMapping &) const = default;
};

// Whether what models did is read from that column: it is the column of outcomes, or one of those
// into which an object is flattened, such as "models.small.quality".
bool holdsOutcomes(const ColumnMapping &mapping, const QString &column);

// What a person sees before a file is imported.
struct ImportPreview
{
    RowSource::Format format{};
    QStringList columns{};     // in the order of the file; of JSON lines those of the first rows
    QList<QStringList> rows{}; // the first ones, a cell a column; long cells are cut
    ColumnMapping guess{};     // its prompt is empty where no name tells
    QStringList notes{};       // what the guess is not sure of, and rows that cannot be read
};

[[nodiscard]] Result<ImportPreview> previewImport(const QString &path, int rows = 20);

// By the names of the columns; `notes` says where several would do, or none.
ColumnMapping guessMapping(const QStringList &columns, QStringList &notes);

} // namespace headgate::evaluation
