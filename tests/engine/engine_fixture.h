#pragma once

#include "core/engine/query_runner.h"
#include "tests/engine/fake_provider.h"
#include "tests/engine/policies.h"

#include <QTest>

#include <qcoro/qcorotask.h>

namespace headgate::test {

// A runner over two fake providers, "a" and "b", and a clock that the test turns.
class EngineFixture
{
public:
    EngineFixture()
    {
        for (FakeProvider **slot : {&a, &b}) {
            providers::Endpoint endpoint;
            endpoint.name = slot == &a ? QStringLiteral("a") : QStringLiteral("b");
            auto provider = std::make_unique<FakeProvider>(clock);
            *slot = provider.get();
            directory.add(endpoint, std::move(provider));
        }
    }

    static std::shared_ptr<const engine::PreparedPolicy>
    prepared(const policy::PolicyDocument &document)
    {
        auto policy = engine::PreparedPolicy::prepare(document, routers::builtinRouters(),
                                                      scorers::builtinScorers());
        if (!policy)
            qFatal("%s", qPrintable(policy.error().message));
        return *policy;
    }

    engine::RunTrace run(const policy::PolicyDocument &document, const policy::Query &query,
                         std::stop_token stop = {})
    {
        events.clear();
        auto task = runner.run(prepared(document), query, std::move(stop),
                               [this](const engine::RunEvent &event) { events.append(event); });
        return QCoro::waitFor(task);
    }

    FakeClock clock;
    engine::ProviderDirectory directory{clock};
    catalog::ModelCatalog catalog;
    engine::QueryRunner runner{directory, catalog, clock};
    FakeProvider *a = nullptr;
    FakeProvider *b = nullptr;
    QList<engine::RunEvent> events;
};

// One line a hop: "first small 1: rate wait 0 -> error", to compare whole traces by eye.
inline QString told(const engine::RunTrace &trace)
{
    QStringList lines;
    for (const engine::Hop &hop : trace.hops) {
        QString line = hop.node.value;
        if (hop.attempt > 0)
            line += QStringLiteral(" %1 #%2").arg(hop.askedModel).arg(hop.attempt);
        if (hop.waited.count() > 0)
            line += QStringLiteral(" waited");
        if (hop.score)
            line += QStringLiteral(" %1").arg(*hop.score, 0, 'f', 2);
        if (!hop.failureClass.isEmpty())
            line += QStringLiteral(" !") + hop.failureClass;
        if (hop.discarded)
            line += QStringLiteral(" discarded");
        if (!hop.port.isEmpty())
            line += QStringLiteral(" > ") + hop.port;
        lines.append(line);
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace headgate::test
