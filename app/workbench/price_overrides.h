#pragma once

#include "core/catalog/model_catalog.h"

namespace headgate::workbench {

// The user's own prices, in a file in the catalog's layout. One that is not there holds none.
Result<QList<catalog::PriceOverride>> readPriceOverrides(const QString &path);
Result<> writePriceOverrides(const QList<catalog::PriceOverride> &prices, const QString &path);

} // namespace headgate::workbench
