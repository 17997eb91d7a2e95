#pragma once

#include "core/catalog/model_catalog.h"

namespace headgate::catalog {

// The catalog file, JSON:
//
//   {"format": "headgate.catalog", "version": 1, "as_of": "2026-08-01",
//    "sources": [{"name", "repository", "license", "date"}],
//    "notes": {key: sentence},
//    "models": [{"id": "provider/model", "name", "kind"?, "api"?, "price"?, "tiers"?, "schedule"?,
//                "context"?, "max_in"?, "max_out"?, "dimensions"?, "retires"?, "supports"?,
//                "source"?, "as_of"?, "notes"?: [key or sentence]}],
//    "overrides"?: [{"id", "price", "as_of"}]}
//
// A price is {"in", "out", "cached"?, "write"?, "write_1h"?, "reasoning"?} in US dollars per
// 1,000,000 tokens, as JSON numbers of up to 15 digits, which are read as decimals. A tier adds "above" (all input
// tokens of the request) and takes what it leaves out from the model's price. A row of the
// schedule adds "from"; without it the row holds since ever. "source" is "bundled" where absent,
// or "secondary", "imported", "simulated"; "as_of" is that of the file where absent.
struct CatalogContent
{
    QDate asOf;
    QList<CatalogSource> sources;
    QList<CatalogEntry> entries;
    QList<PriceOverride> overrides;
};

inline constexpr int kCatalogFormatVersion = 1;

// InvalidInput names the model at fault; UnsupportedVersion: written by a newer Headgate.
Result<CatalogContent> readCatalog(const Json &root);
Json writeCatalog(const CatalogContent &content);

} // namespace headgate::catalog
