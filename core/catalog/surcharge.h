#pragma once

#include "core/common/json.h"
#include "core/common/price.h"

#include <optional>

namespace headgate::catalog {

// What one call costs beside the list price of its model.
struct Surcharge
{
    int percent = 100; // of the list price: 110 where only servers in the US may answer
    bool fast = false; // the fast speed, whose price is several times that, and in no table

    bool operator==(const Surcharge &) const = default;
};

// What a model's parameters ask for. The server may do otherwise, and says so.
Surcharge surchargeAskedBy(const Json &parameters);
// None: nobody knows the price.
std::optional<Price> priceWith(const Price &list, const Surcharge &surcharge);

} // namespace headgate::catalog
