#pragma once

#include "core/common/clock.h"
#include "core/providers/endpoint.h"
#include "core/providers/http_transport.h"
#include "core/providers/provider.h"

namespace headgate::providers {

// Speaks OpenAI's chat completions, in the dialect of the endpoint's server. The key is read from
// the environment for each call and kept no longer than that.
class OpenAiProvider final : public Provider
{
public:
    OpenAiProvider(Endpoint endpoint, Clock &clock); // the clock outlives it

    QCoro::Task<CallResult> complete(CompletionRequest request, std::stop_token stop) override;
    QCoro::Task<Result<QStringList>> listModels(std::stop_token stop) override;

private:
    Endpoint m_endpoint;
    Clock &m_clock;
    HttpTransport m_transport;
};

} // namespace headgate::providers
