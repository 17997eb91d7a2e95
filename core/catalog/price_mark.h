#pragma once

#include "core/catalog/model_catalog.h"

namespace headgate::catalog {

// A number that stands for what a row of a price table charges: the same for the same prices, from
// one session and machine to the next.
quint64 priceMark(const CatalogEntry &entry);
quint64 priceMark(const PriceOverride &row);

} // namespace headgate::catalog
