#pragma once

#include "core/engine/deployment_watch.h"
#include "core/engine/rate_limiter.h"
#include "core/engine/retry_policy.h"
#include "core/engine/spend_budget.h"
#include "core/providers/endpoint.h"

namespace headgate::engine {

// What all queries of one runner share, so that they do not overload a provider, spend the same
// money twice or call a deployment that another query just found dead.
class TrafficControl
{
public:
    explicit TrafficControl(Clock &clock) // outlives it
        : deployments(clock)
    {
    }

    // Of the key that calls of the endpoint carry: endpoints with the same key of the same server
    // share its limits. The endpoint's own limits hold from now on.
    RateLimiter &limiter(const providers::Endpoint &endpoint);

    DeploymentWatch deployments;
    RetryBudget retries;
    SpendBudget budget;

private:
    std::map<QString, RateLimiter> m_limiters;
};

} // namespace headgate::engine
