#include "core/providers/protocol.h"

#include "core/providers/texts.h"

namespace headgate::providers {

Result<EncodedCall> Protocol::embed(const EmbeddingRequest &, const Endpoint &endpoint) const
{
    return fail(
        ErrorCode::Unavailable,
        Texts::tr("“%1” has no embeddings. Choose another provider for them.").arg(endpoint.name));
}

std::optional<Embeddings> Protocol::embeddingsIn(const simdjson::dom::element &,
                                                 const Endpoint &) const
{
    return std::nullopt;
}

std::optional<qint64> tokenLimitAt(const Json &model, const char *key)
{
    constexpr double kMost = 1e9;
    const double limit = jsonNumber(model, key, 0);
    return limit >= 1 && limit <= kMost ? std::optional(qint64(limit)) : std::nullopt;
}

} // namespace headgate::providers
