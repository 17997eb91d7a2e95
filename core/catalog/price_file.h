#pragma once

#include "core/catalog/model_catalog.h"

namespace headgate::catalog {

// The rows of a price file that can be used, in its order.
struct PriceFile
{
    QList<CatalogEntry> entries; // source Imported; price none: the file has none
    QStringList warnings;        // one sentence for each row that cannot be used
    qsizetype skipped = 0;
};

// See readPriceFile.
Result<PriceFile> parsePriceFile(const QByteArray &bytes, QDate asOf);

} // namespace headgate::catalog
