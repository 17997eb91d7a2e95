#include "core/providers/http_call.h"

namespace headgate::providers {

namespace {

// The only place that puts the key anywhere. It never leaves for another origin.
void addKey(HttpRequest &request, const Endpoint &endpoint, const SecretKey &key)
{
    const QUrl &base = endpoint.baseUrl;
    if (key.isEmpty() || request.url.scheme() != base.scheme() ||
        request.url.host() != base.host() || request.url.port() != base.port())
        return;
    switch (keyHeaderOf(endpoint)) {
    case Dialect::KeyHeader::ApiKey:
        request.headers.append({"api-key", key.reveal()});
        return;
    case Dialect::KeyHeader::XApiKey:
        request.headers.append({"x-api-key", key.reveal()});
        return;
    case Dialect::KeyHeader::XGoogApiKey:
        request.headers.append({"x-goog-api-key", key.reveal()});
        return;
    case Dialect::KeyHeader::ByProtocol:
    case Dialect::KeyHeader::Bearer:
        request.headers.append({"Authorization", "Bearer " + key.reveal()});
        return;
    }
}

} // namespace

HttpRequest httpRequestFor(const Endpoint &endpoint, const SecretKey &key, EncodedCall call)
{
    HttpRequest request;
    request.url = call.url;
    request.body = std::move(call.body);
    request.certificateFile = endpoint.certificateFile;
    request.timeouts = endpoint.timeouts;
    request.headers = {
        {"Content-Type", "application/json"},
        {"Accept", call.accept},
        // Compressed answers could unfold without bound.
        {"Accept-Encoding", "identity"},
        {"User-Agent", "Headgate"},
    };
    request.headers.append(call.headers);
    if (endpoint.protocol == QLatin1String("openai")) {
        for (auto header = endpoint.headers.begin(); header != endpoint.headers.end(); ++header)
            request.headers.append({header.key().toLatin1(), header.value().toLatin1()});
    }
    addKey(request, endpoint, key);
    return request;
}

} // namespace headgate::providers
