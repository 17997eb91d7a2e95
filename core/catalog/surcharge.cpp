#include "core/catalog/surcharge.h"

namespace headgate::catalog {

using namespace Qt::StringLiterals;

Surcharge surchargeAskedBy(const Json &parameters)
{
    Surcharge surcharge;
    if (jsonString(parameters, "inference_geo") == "us"_L1)
        surcharge.percent = 110;
    surcharge.fast = jsonString(parameters, "speed") == "fast"_L1;
    return surcharge;
}

std::optional<Price> priceWith(const Price &list, const Surcharge &surcharge)
{
    if (surcharge.fast)
        return std::nullopt;
    Price price = list;
    const auto raise = [&surcharge](Money &money) {
        money = Money::fromNanos(money.nanos() * surcharge.percent / 100);
    };
    raise(price.input);
    raise(price.output);
    for (std::optional<Money> *part :
         {&price.cachedInput, &price.cacheWrite, &price.cacheWrite1h, &price.reasoning}) {
        if (*part)
            raise(**part);
    }
    return price;
}

} // namespace headgate::catalog
