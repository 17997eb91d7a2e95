#pragma once

#include "core/catalog/model_catalog.h"

namespace headgate::catalog {

// One model as a price file would have it.
struct PriceChange
{
    CatalogEntry entry;          // as it would stand; of a removed one: as it stands
    std::optional<Price> before; // none: not listed, or its price unknown
    std::optional<Price> after;
    QStringList warnings; // sentences: why the change may be a slip of the file
    bool accepted = true; // whether apply() makes it; false at first where something is odd

    bool operator==(const PriceChange &) const = default;
};

// What a price file would change, for the user to look at first.
struct PriceImport
{
    QDate asOf;
    QList<PriceChange> added;
    QList<PriceChange> changed;
    // Listed by us, no longer by the file though it lists others of that provider. Not accepted at
    // first: an old price with its date is more than none.
    QList<PriceChange> removed;
    QList<CatalogEntry> confirmed; // the file has the same price; they take its date
    qsizetype skipped = 0;         // entries of other kinds: images, audio, documentation
    QStringList warnings;          // of entries that cannot be used at all
};

// Bounds of a price file.
inline constexpr qint64 kPriceFileBytes = 16 * 1024 * 1024;
inline constexpr qsizetype kPriceFileEntries = 50'000;
inline constexpr qsizetype kPriceFileKeyLength = 256;

// Reads a price file in LiteLLM's layout: one object, model name → prices in US dollars per single
// token and limits. Prices are read as decimals. `asOf` is the date of the file. InvalidInput: not
// such a file, or beyond the bounds; the message says where.
Result<PriceImport> readPriceFile(const QByteArray &bytes, const ModelCatalog &catalog, QDate asOf);

// The catalog with the accepted changes; overrides, schedules and notes stay. The former value of
// the catalog is the way back.
ModelCatalog apply(const PriceImport &import, ModelCatalog catalog);

} // namespace headgate::catalog
