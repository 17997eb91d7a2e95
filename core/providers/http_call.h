#pragma once

#include "core/common/secrets.h"
#include "core/providers/endpoint.h"
#include "core/providers/http_transport.h"
#include "core/providers/protocol.h"

namespace headgate::providers {

// The request for an encoded call: URL, headers, limits. The key goes into the header that the
// endpoint's protocol or dialect names, and only where the URL leads to the endpoint's own scheme,
// host and port.
HttpRequest httpRequestFor(const Endpoint &endpoint, const SecretKey &key, EncodedCall call);

} // namespace headgate::providers
