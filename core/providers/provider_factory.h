#pragma once

#include "core/common/clock.h"
#include "core/providers/key_source.h"
#include "core/providers/provider.h"

#include <memory>

namespace headgate::providers {

// The provider that speaks the endpoint's protocol. UnknownKind names the protocols that there are;
// InvalidInput says what is wrong with the base URL. Clock and keys outlive the provider.
Result<std::unique_ptr<Provider>> makeProvider(const Endpoint &endpoint, Clock &clock,
                                               const KeySource &keys = environmentKeys());

// What `Endpoint::protocol` may be.
QStringList knownProtocols();

} // namespace headgate::providers
