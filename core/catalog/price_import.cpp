#include "core/catalog/price_import.h"

#include "core/catalog/price_file.h"
#include "core/catalog/texts.h"

#include <QSet>

namespace headgate::catalog {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kOddFactor = 5;
constexpr qint64 kOddRatio = 10; // of input to output
const Money kOddAmount = Money::fromNanos(1'000'000'000'000);

bool differsWidely(Money before, Money after)
{
    return std::max(before, after).nanos() / kOddFactor > std::min(before, after).nanos();
}

QStringList oddities(const CatalogEntry &entry, const CatalogEntry *known)
{
    QStringList warnings;
    const Price &after = *entry.price;
    if (after.input > kOddAmount || after.output > kOddAmount)
        warnings.append(Texts::tr("It costs more than 1000 USD per million tokens."));
    if (entry.kind != "embedding"_L1 && after.output.nanos() < after.input.nanos() / kOddRatio)
        warnings.append(Texts::tr("Its output costs less than a tenth of its input."));
    if (!known || !known->price)
        return warnings;
    if (differsWidely(known->price->input, after.input) ||
        differsWidely(known->price->output, after.output))
        warnings.append(Texts::tr("Its price changes more than fivefold."));
    if (entry.asOf.isValid() && known->asOf > entry.asOf)
        warnings.append(Texts::tr("The price that is known, of %1, is newer than the file.")
                            .arg(known->asOf.toString(Qt::ISODate)));
    return warnings;
}

// What is known stays where the file says nothing, and limits stay in any case: those of the
// bundled catalog were compared with other sources.
CatalogEntry merged(const CatalogEntry &known, const CatalogEntry &row)
{
    CatalogEntry entry = known;
    entry.price = row.price;
    entry.tiers = row.tiers;
    entry.source = row.source;
    entry.asOf = row.asOf;
    entry.maxInputTokens = known.maxInputTokens ? known.maxInputTokens : row.maxInputTokens;
    entry.maxOutputTokens = known.maxOutputTokens ? known.maxOutputTokens : row.maxOutputTokens;
    entry.dimensions = known.dimensions ? known.dimensions : row.dimensions;
    entry.retiresOn = row.retiresOn.isValid() ? row.retiresOn : known.retiresOn;
    return entry;
}

void compare(const CatalogEntry &row, const CatalogEntry *known, PriceImport &import)
{
    if (known && !row.price)
        return; // a price that is missing is neither free nor a change
    PriceChange change{known ? merged(*known, row) : row,
                       known ? known->price : std::nullopt,
                       row.price,
                       {},
                       true};
    if (known && known->price == row.price && known->tiers == row.tiers) {
        if (known->asOf < row.asOf)
            import.confirmed.append(change.entry);
        return;
    }
    if (row.price)
        change.warnings = oddities(row, known);
    change.accepted = change.warnings.isEmpty();
    (known ? import.changed : import.added).append(change);
}

// Newer models from other tables, and the simulated ones, are not in the file by their nature.
bool couldBeListed(const CatalogEntry &entry)
{
    return entry.source == PriceSource::Bundled || entry.source == PriceSource::Imported;
}

} // namespace

Result<PriceImport> readPriceFile(const QByteArray &bytes, const ModelCatalog &catalog, QDate asOf)
{
    auto file = parsePriceFile(bytes, asOf);
    if (!file)
        return tl::unexpected(std::move(file.error()));
    PriceImport import;
    import.asOf = asOf;
    import.skipped = file->skipped;
    import.warnings = std::move(file->warnings);
    QSet<QString> providers;
    QSet<QString> ids;
    for (const CatalogEntry &row : std::as_const(file->entries)) {
        providers.insert(row.provider);
        ids.insert(row.id);
        compare(row, catalog.find(row.provider, row.model), import);
    }
    for (const CatalogEntry &entry : catalog.entries()) {
        if (providers.contains(entry.provider) && !ids.contains(entry.id) && couldBeListed(entry))
            import.removed.append({entry, entry.price, std::nullopt, {}, false});
    }
    return import;
}

ModelCatalog apply(const PriceImport &import, ModelCatalog catalog)
{
    catalog.add(import.confirmed);
    for (const QList<PriceChange> *changes : {&import.added, &import.changed}) {
        for (const PriceChange &change : *changes) {
            if (change.accepted)
                catalog.add({change.entry});
        }
    }
    for (const PriceChange &change : import.removed) {
        if (change.accepted)
            catalog.remove(change.entry.provider, change.entry.model);
    }
    return catalog;
}

} // namespace headgate::catalog
