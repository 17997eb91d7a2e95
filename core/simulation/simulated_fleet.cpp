#include "core/simulation/simulated_fleet.h"

#include "core/http/http_server.h"
#include "core/simulation/chat_protocol.h"
#include "core/simulation/reply_session.h"

#include <QDateTime>

#include <array>
#include <atomic>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace headgate::simulation {

namespace {

const QDate kPricesAsOf(2026, 10, 1);
constexpr qint64 kContextWindow = 32'768;
constexpr qint64 kMaxOutputTokens = 4'096;
constexpr int kSlowFactor = 10;
constexpr std::chrono::nanoseconds kSlowFirstToken = 2s;

struct ProviderState
{
    QString name;    // "sim-aviary"
    QByteArray path; // "/aviary/v1"
    std::atomic<Fault> fault = Fault::None;
    std::atomic<quint64> requests = 0;
};

http::Response notFound(const QString &message, const QString &code)
{
    return http::errorResponse(404, message, u"invalid_request_error"_s, code);
}

http::Response methodNotAllowed(const QByteArray &allowed)
{
    http::Response response =
        http::errorResponse(405, u"This address takes %1 only."_s.arg(QString::fromLatin1(allowed)),
                            u"invalid_request_error"_s, u"method_not_allowed"_s);
    response.headers.append({"allow", allowed});
    return response;
}

http::Response rateLimited(const ProviderState &provider)
{
    http::Response response = http::errorResponse(
        429,
        u"Rate limit reached at %1 (a simulated fault). Try again in 1 second."_s.arg(
            provider.name),
        u"requests"_s, u"rate_limit_exceeded"_s);
    response.headers.append({{"retry-after", "1"},
                             {"x-ratelimit-limit-requests", "60"},
                             {"x-ratelimit-remaining-requests", "0"},
                             {"x-ratelimit-reset-requests", "1s"}});
    return response;
}

http::Response down(const ProviderState &provider)
{
    return http::errorResponse(503, u"%1 is down (a simulated fault)."_s.arg(provider.name),
                               u"server_error"_s, u"service_unavailable"_s);
}

http::Response garbage(quint64 requestNumber)
{
    if (requestNumber % 2 == 1)
        return {200,
                {{"content-type", "text/html"}},
                "<!DOCTYPE html><html><head><title>Simulated garbage</title></head>"
                "<body><h1>This is no answer</h1></body></html>"};
    QByteArray noise;
    for (int i = 0; i < 512; ++i)
        noise += char((i * 167 + 131) % 256);
    return {200, {{"content-type", "application/json"}}, noise};
}

} // namespace

struct SimulatedFleet::Private
{
    explicit Private(const FleetOptions &fleetOptions)
        : options(fleetOptions)
    {
        providers[0].name = u"sim-aviary"_s;
        providers[0].path = "/aviary/v1";
        providers[1].name = u"sim-rookery"_s;
        providers[1].path = "/rookery/v1";
    }

    ProviderState *find(const QString &name)
    {
        const auto it = std::find_if(providers.begin(), providers.end(),
                                     [&name](const auto &p) { return p.name == name; });
        return it == providers.end() ? nullptr : &*it;
    }

    void handle(const http::Request &request, http::ResponseWriter writer)
    {
        const QByteArray path = request.path();
        for (ProviderState &provider : providers) {
            if (!path.startsWith(provider.path + '/'))
                continue;
            const QByteArray rest = path.sliced(provider.path.size());
            const bool isChat = rest == "/chat/completions";
            if (!isChat && rest != "/models")
                break;
            const QByteArray method = isChat ? "POST" : "GET";
            if (request.method != method)
                return writer.respond(methodNotAllowed(method));
            return serve(provider, request, isChat, std::move(writer));
        }
        writer.respond(notFound(u"There is nothing at this address."_s, u"not_found"_s));
    }

    void serve(ProviderState &provider, const http::Request &request, bool isChat,
               http::ResponseWriter writer)
    {
        const quint64 number = ++provider.requests;
        switch (const Fault fault = provider.fault) {
        case Fault::RateLimited:
            return writer.respond(rateLimited(provider));
        case Fault::Down:
            return writer.respond(down(provider));
        case Fault::Garbage:
            return writer.respond(garbage(number));
        case Fault::None:
        case Fault::Slow:
        case Fault::CutMidStream:
            if (isChat)
                return answer(provider, fault, number, request.body, std::move(writer));
            return list(provider, fault, std::move(writer));
        }
    }

    void list(const ProviderState &provider, Fault fault, http::ResponseWriter writer)
    {
        const qint64 created = kPricesAsOf.startOfDay(Qt::UTC).toSecsSinceEpoch();
        const auto delay = fault == Fault::Slow ? scaled(kSlowFirstToken) : 0ns;
        writer.after(delay, [writer, body = modelListBody(provider.name, created)]() mutable {
            writer.respond(http::jsonResponse(200, body));
        });
    }

    void answer(const ProviderState &provider, Fault fault, quint64 number, const QByteArray &body,
                http::ResponseWriter writer)
    {
        auto parsed = parseChatRequest(body);
        if (!parsed)
            return writer.respond(parsed.error());
        const SimulatedModel *model = findSimulatedModel(provider.name, parsed->model);
        if (!model)
            return writer.respond(notFound(u"The model “%1” does not exist at %2."_s.arg(
                                               parsed->model.left(80), provider.name),
                                           u"model_not_found"_s));
        if (parsed->promptTokens > kContextWindow)
            return writer.respond(http::errorResponse(
                400,
                u"The prompt has about %1 tokens; %2 reads %3."_s.arg(parsed->promptTokens)
                    .arg(model->displayName)
                    .arg(kContextWindow),
                u"invalid_request_error"_s, u"context_length_exceeded"_s));

        ChatReply reply{.id = "chatcmpl-sim-" + QByteArray::number(number),
                        .created = QDateTime::currentSecsSinceEpoch(),
                        .servedName = model->servedName,
                        .request = std::move(*parsed),
                        .answer = {}};
        auto &maxTokens = reply.request.answer.maxTokens;
        maxTokens = std::min(maxTokens.value_or(kMaxOutputTokens), kMaxOutputTokens);
        reply.answer = answerOf(*model, reply.request.answer, options.seed);
        const Pace pace = paceOf(reply.answer, fault);
        ReplySession::start(std::move(reply), pace, std::move(writer));
    }

    std::chrono::nanoseconds scaled(std::chrono::nanoseconds time) const
    {
        return std::chrono::nanoseconds(
            qint64(double(time.count()) * std::max(0.0, options.timeScale)));
    }

    Pace paceOf(const SimulatedAnswer &answer, Fault fault) const
    {
        Pace pace{.firstToken = answer.firstTokenDelay,
                  .betweenTokens = answer.tokenInterval,
                  .breaksOff = fault == Fault::CutMidStream};
        if (fault == Fault::Slow) {
            pace.firstToken = std::max(kSlowFactor * pace.firstToken, kSlowFirstToken);
            pace.betweenTokens *= kSlowFactor;
        }
        pace.firstToken = scaled(pace.firstToken);
        pace.betweenTokens = scaled(pace.betweenTokens);
        return pace;
    }

    const FleetOptions options;
    std::array<ProviderState, 2> providers;
    std::unique_ptr<http::HttpServer> server; // last: its threads use the rest
};

SimulatedFleet::SimulatedFleet() = default;

SimulatedFleet::~SimulatedFleet() = default;

Result<std::unique_ptr<SimulatedFleet>> SimulatedFleet::start(const FleetOptions &options)
{
    std::unique_ptr<SimulatedFleet> fleet(new SimulatedFleet);
    fleet->d = std::make_unique<Private>(options);
    Private *d = fleet->d.get();
    http::ServerOptions serverOptions;
    serverOptions.headers = {{"x-headgate-simulated", "1"}};
    auto server = http::HttpServer::start(
        [d](const http::Request &request, http::ResponseWriter writer) {
            d->handle(request, std::move(writer));
        },
        serverOptions);
    if (!server)
        return tl::unexpected(server.error());
    d->server = std::move(*server);
    return fleet;
}

QStringList SimulatedFleet::providers() const
{
    QStringList names;
    for (const ProviderState &provider : d->providers)
        names.append(provider.name);
    return names;
}

QUrl SimulatedFleet::baseUrl(const QString &provider) const
{
    const ProviderState *state = d->find(provider);
    if (!state)
        return {};
    return QUrl(
        u"http://127.0.0.1:%1%2"_s.arg(d->server->port()).arg(QString::fromLatin1(state->path)));
}

void SimulatedFleet::setFault(const QString &provider, Fault fault)
{
    if (ProviderState *state = d->find(provider))
        state->fault = fault;
}

Fault SimulatedFleet::fault(const QString &provider) const
{
    const ProviderState *state = d->find(provider);
    return state ? state->fault.load() : Fault::None;
}

quint64 SimulatedFleet::requestCount(const QString &provider) const
{
    const ProviderState *state = d->find(provider);
    return state ? state->requests.load() : 0;
}

int SimulatedFleet::connectionCount() const
{
    return d->server->connectionCount();
}

QList<catalog::CatalogEntry> SimulatedFleet::catalogEntries()
{
    QList<catalog::CatalogEntry> entries;
    for (const SimulatedModel &model : simulatedModels()) {
        catalog::CatalogEntry entry;
        entry.id = model.provider + u'/' + model.name;
        entry.provider = model.provider;
        entry.model = model.name;
        entry.displayName = model.displayName;
        entry.api = u"openai-chat"_s;
        entry.price = model.price;
        entry.source = catalog::PriceSource::Simulated;
        entry.asOf = kPricesAsOf;
        entry.contextWindow = kContextWindow;
        entry.maxInputTokens = kContextWindow;
        entry.maxOutputTokens = kMaxOutputTokens;
        entry.supports = {{"tools", false},         {"json_schema", false},
                          {"vision", false},        {"logprobs", true},
                          {"reasoning", false},     {"prompt_caching", false},
                          {"sampling_params", true}};
        entry.notes = {u"Simulated: invented name, invented price, no real answers."_s};
        entries.append(entry);
    }
    return entries;
}

} // namespace headgate::simulation
