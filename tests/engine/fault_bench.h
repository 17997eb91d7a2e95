#pragma once

#include "core/engine/query_runner.h"
#include "tests/engine/engine_fixture.h"
#include "tests/support/jumping_clock.h"
#include "tests/support/scripted_server.h"
#include "tests/support/wire_protocol.h"
#include "tests/support/wire_text.h"

namespace headgate::test {

// How the node that the query stands at is wired to the model that could serve.
enum class Spare {
    InGroup, // a fallback of the node
    ByError, // behind its error port
    Nowhere, // there is none
};

// The engine over real sockets: the provider "a" is a server that does what its scripts say, "b"
// one that always answers. The model "small" is a's, "large" is b's.
class FaultBench
{
public:
    FaultBench(const WireProtocol &protocol, const QList<Script> &scripts)
        : m_first(std::make_unique<ScriptedServer>(scripts))
        , m_second(std::make_unique<ScriptedServer>(QList<Script>{goodAnswer(protocol)}))
    {
        add(protocol, QStringLiteral("a"), m_first->url());
        add(protocol, QStringLiteral("b"), m_second->url());
    }

    static Script goodAnswer(const WireProtocol &protocol)
    {
        return Script().send(openHead(protocol.streamType) + protocol.stream()).close();
    }

    void add(const WireProtocol &protocol, const QString &name, const QUrl &url)
    {
        providers::Endpoint endpoint;
        endpoint.name = name;
        endpoint.protocol = protocol.name;
        endpoint.baseUrl = url;
        endpoint.allowPlainHttp = true;
        endpoint.timeouts = {.connect = std::chrono::seconds(2),
                             .firstByte = std::chrono::seconds(2),
                             .idle = std::chrono::seconds(2),
                             .total = std::chrono::seconds(5),
                             .afterFinish = std::chrono::milliseconds(150)};
        const auto added = directory.add(endpoint);
        if (!added)
            qFatal("%s", qPrintable(added.error().message));
    }

    static policy::PolicyDocument policyFor(Spare spare, int retries, bool stream = true)
    {
        const auto text = [](const char *literal) { return QString::fromLatin1(literal); };
        policy::PolicyDocument document = cascade();
        for (policy::Model &model : document.models) {
            if (!stream)
                model.parameters["stream"] = false;
        }
        Json call = callOf(text("small"), retries);
        if (spare == Spare::InGroup)
            call["fallbacks"] = {"large"};
        document.nodes = {node(text("in"), text("query")), node(text("first"), text("model"), call),
                          node(text("out"), text("answer"))};
        document.wires = {wire(text("in"), text("query"), text("first")),
                          wire(text("first"), text("answer"), text("out"))};
        if (spare == Spare::ByError) {
            document.nodes.append(
                node(text("second"), text("model"), callOf(text("large"), retries)));
            document.wires += {wire(text("first"), text("error"), text("second")),
                               wire(text("second"), text("answer"), text("out"))};
        }
        return document;
    }

    engine::RunTrace run(const policy::PolicyDocument &document,
                         const policy::Query &asked = query(QStringLiteral("Say hello.")),
                         std::stop_token stop = {})
    {
        auto task = runner.run(EngineFixture::prepared(document), asked, std::move(stop),
                               [this](const engine::RunEvent &event) {
                                   if (event.kind == engine::RunEvent::Kind::Waiting)
                                       waits.append(event.wait);
                               });
        return QCoro::waitFor(task);
    }

    ScriptedServer &first() { return *m_first; }
    ScriptedServer &second() { return *m_second; }
    engine::DeploymentHealth health()
    {
        return runner.traffic().deployments.health(
            {QStringLiteral("a"), QStringLiteral("small-id")});
    }

    JumpingClock clock;
    engine::ProviderDirectory directory{clock};
    catalog::ModelCatalog catalog;
    engine::QueryRunner runner{directory, catalog, clock};
    QList<std::chrono::milliseconds> waits; // as the view was told them

private:
    std::unique_ptr<ScriptedServer> m_first;
    std::unique_ptr<ScriptedServer> m_second;
};

} // namespace headgate::test
