#include "core/providers/provider_factory.h"

#include "core/providers/anthropic_protocol.h"
#include "core/providers/gemini_protocol.h"
#include "core/providers/ollama_protocol.h"
#include "core/providers/openai_protocol.h"
#include "core/providers/protocol_provider.h"
#include "core/providers/texts.h"

#include <array>

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

struct KnownProtocol
{
    QLatin1String name;
    std::unique_ptr<Protocol> (*make)() = nullptr;
};

template<typename T>
std::unique_ptr<Protocol> make()
{
    return std::make_unique<T>();
}

// A new protocol is one line here.
const std::array kProtocols{
    KnownProtocol{"openai"_L1, &make<OpenAiProtocol>},
    KnownProtocol{"anthropic"_L1, &make<AnthropicProtocol>},
    KnownProtocol{"gemini"_L1, &make<GeminiProtocol>},
    KnownProtocol{"ollama"_L1, &make<OllamaProtocol>},
    KnownProtocol{"azure"_L1, &make<AzureProtocol>},
};

QStringList names()
{
    QStringList names;
    for (const KnownProtocol &protocol : kProtocols)
        names.append(protocol.name);
    return names;
}

Result<std::unique_ptr<Protocol>> protocolOf(const Endpoint &endpoint)
{
    if (const Result<> valid = validateEndpoint(endpoint); !valid)
        return tl::unexpected(valid.error());
    for (const KnownProtocol &protocol : kProtocols) {
        if (endpoint.protocol == protocol.name)
            return protocol.make();
    }
    return fail(ErrorCode::UnknownKind,
                Texts::tr("The provider “%1” speaks “%2”, which is not known here. Known: %3.")
                    .arg(endpoint.name, endpoint.protocol, names().join(u", "_s)));
}

} // namespace

QStringList knownProtocols()
{
    return names();
}

Result<std::unique_ptr<Provider>> makeProvider(const Endpoint &endpoint, Clock &clock,
                                               const KeySource &keys)
{
    auto protocol = protocolOf(endpoint);
    if (!protocol)
        return tl::unexpected(std::move(protocol).error());
    return std::make_unique<ProtocolProvider>(endpoint, std::move(*protocol), clock, keys);
}

Result<std::unique_ptr<EmbeddingEndpoint>>
makeEmbeddingEndpoint(const Endpoint &endpoint, Clock &clock, const KeySource &keys)
{
    auto protocol = protocolOf(endpoint);
    if (!protocol)
        return tl::unexpected(std::move(protocol).error());
    if ((*protocol)->mostTextsPerCall() == 0)
        return tl::unexpected((*protocol)->embed({}, endpoint).error());
    return std::make_unique<ProtocolProvider>(endpoint, std::move(*protocol), clock, keys);
}

} // namespace headgate::providers
