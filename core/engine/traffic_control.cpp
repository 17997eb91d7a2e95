#include "core/engine/traffic_control.h"

namespace headgate::engine {

using namespace Qt::StringLiterals;

RateLimiter &TrafficControl::limiter(const providers::Endpoint &endpoint)
{
    const QString key = endpoint.keyVariable.isEmpty()
                            ? endpoint.name
                            : u"%1\n%2"_s.arg(endpoint.keyVariable, endpoint.baseUrl.authority());
    RateLimiter &limiter = m_limiters[key];
    limiter.setLimits(endpoint.requestsPerMinute, endpoint.tokensPerMinute);
    return limiter;
}

} // namespace headgate::engine
