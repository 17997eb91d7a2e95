#include "core/providers/provider_factory.h"

#include "core/providers/openai_protocol.h"
#include "core/providers/protocol_provider.h"

#include <QCoreApplication>

#include <array>

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(headgate::providers)
};

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
};

} // namespace

QStringList knownProtocols()
{
    QStringList names;
    for (const KnownProtocol &protocol : kProtocols)
        names.append(protocol.name);
    return names;
}

Result<std::unique_ptr<Provider>> makeProvider(const Endpoint &endpoint, Clock &clock)
{
    if (const Result<> valid = validateEndpoint(endpoint); !valid)
        return tl::unexpected(valid.error());
    for (const KnownProtocol &protocol : kProtocols) {
        if (endpoint.protocol == protocol.name)
            return std::make_unique<ProtocolProvider>(endpoint, protocol.make(), clock);
    }
    return fail(ErrorCode::UnknownKind,
                Texts::tr("The provider “%1” speaks “%2”, which is not known here. Known: %3.")
                    .arg(endpoint.name, endpoint.protocol, knownProtocols().join(u", "_s)));
}

} // namespace headgate::providers
