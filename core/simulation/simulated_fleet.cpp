#include "core/simulation/simulated_fleet.h"

#include "core/http/http_server.h"
#include "core/simulation/chat_dialect.h"
#include "core/simulation/reply_session.h"
#include "core/simulation/simulated_embedding.h"
#include "core/text/token_estimate.h"

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
    QByteArray path; // "/aviary"
    std::atomic<Fault> fault = Fault::None;
    std::atomic<quint64> requests = 0;
};

struct Base
{
    const ChatDialect *dialect = nullptr;
    QByteArray path; // behind the provider's own
};

const std::array<Base, 4> &bases()
{
    static const std::array<Base, 4> bases{
        Base{&openAiDialect(), "/v1"}, Base{&anthropicDialect(), "/anthropic"},
        Base{&geminiDialect(), "/gemini"}, Base{&ollamaDialect(), "/ollama"}};
    return bases;
}

// One request with where it goes.
struct Asked
{
    ProviderState &provider;
    const ChatDialect &dialect;
    Route route;
    quint64 number = 0; // among those of the provider
};

FleetError noSuchModel(const Asked &asked, const QString &model)
{
    return {.status = 404,
            .message =
                u"The model “%1” does not exist at %2."_s.arg(model.left(80), asked.provider.name),
            .code = u"model_not_found"_s};
}

FleetError rateLimited(const ProviderState &provider)
{
    return {.status = 429,
            .message =
                u"Rate limit reached at %1 (a simulated fault). Try again in 1 second."_s.arg(
                    provider.name),
            .code = u"rate_limit_exceeded"_s,
            .retryAfterSeconds = 1};
}

FleetError down(const ProviderState &provider)
{
    return {.status = 503,
            .message = u"%1 is down (a simulated fault)."_s.arg(provider.name),
            .code = u"service_unavailable"_s};
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
        providers[0].path = "/aviary";
        providers[1].name = u"sim-rookery"_s;
        providers[1].path = "/rookery";
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
            for (const Base &base : bases()) {
                const QByteArray start = provider.path + base.path;
                if (path.startsWith(start + '/'))
                    return take(provider, *base.dialect, path.sliced(start.size()), request,
                                std::move(writer));
            }
        }
        writer.respond(openAiDialect().error(nothingHere()));
    }

    void take(ProviderState &provider, const ChatDialect &dialect, const QByteArray &path,
              const http::Request &request, http::ResponseWriter writer)
    {
        const qsizetype mark = request.target.indexOf('?');
        const QByteArray query = mark < 0 ? QByteArray() : request.target.sliced(mark + 1);
        Asked asked{.provider = provider, .dialect = dialect, .route = dialect.route(path, query)};
        if (asked.route.call == Route::Call::Nothing)
            return writer.respond(dialect.error(nothingHere()));
        if (request.method != asked.route.method)
            return writer.respond(methodNotAllowed(dialect, asked.route.method));
        asked.number = ++provider.requests;
        serve(asked, request, std::move(writer));
    }

    static FleetError nothingHere()
    {
        return {.status = 404,
                .message = u"There is nothing at this address."_s,
                .code = u"not_found"_s};
    }

    static http::Response methodNotAllowed(const ChatDialect &dialect, const QByteArray &allowed)
    {
        http::Response response = dialect.error(
            {.status = 405,
             .message = u"This address takes %1 only."_s.arg(QString::fromLatin1(allowed)),
             .code = u"method_not_allowed"_s});
        response.headers.append({"allow", allowed});
        return response;
    }

    void serve(const Asked &asked, const http::Request &request, http::ResponseWriter writer)
    {
        switch (const Fault fault = asked.provider.fault) {
        case Fault::RateLimited:
            return writer.respond(asked.dialect.error(rateLimited(asked.provider)));
        case Fault::Down:
            return writer.respond(asked.dialect.error(down(asked.provider)));
        case Fault::Garbage:
            return writer.respond(garbage(asked.number));
        case Fault::None:
        case Fault::Slow:
        case Fault::CutMidStream:
            if (asked.route.call == Route::Call::Models)
                return list(asked, fault, std::move(writer));
            return reply(asked, fault, request.body, std::move(writer));
        }
    }

    void list(const Asked &asked, Fault fault, http::ResponseWriter writer)
    {
        const qint64 created = kPricesAsOf.startOfDay(Qt::UTC).toSecsSinceEpoch();
        later(fault, asked.dialect.modelList(asked.provider.name, created), std::move(writer));
    }

    void later(Fault fault, const QByteArray &body, http::ResponseWriter writer)
    {
        const auto delay = fault == Fault::Slow ? scaled(kSlowFirstToken) : 0ns;
        writer.after(delay,
                     [writer, body]() mutable { writer.respond(http::jsonResponse(200, body)); });
    }

    void reply(const Asked &asked, Fault fault, const QByteArray &body, http::ResponseWriter writer)
    {
        const auto refuse = [&asked, &writer](const QString &message) {
            writer.respond(asked.dialect.error({.message = message, .code = u"invalid_value"_s}));
        };
        const Result<Json> root = parseJson(body);
        if (!root)
            return refuse(root.error().message);
        if (!root->is_object())
            return refuse(u"The body must be a JSON object."_s);
        if (asked.route.call == Route::Call::Embeddings) {
            const auto request = asked.dialect.embeddingsRequest(*root, asked.route);
            return request ? embed(asked, fault, *request, std::move(writer))
                           : refuse(request.error());
        }
        auto request = asked.dialect.chatRequest(*root, asked.route);
        return request ? answer(asked, fault, std::move(*request), std::move(writer))
                       : refuse(request.error());
    }

    void embed(const Asked &asked, Fault fault, const EmbeddingsRequest &request,
               http::ResponseWriter writer)
    {
        const SimulatedEmbedder &embedder = simulatedEmbedder();
        if (request.model != embedder.name && request.model != embedder.servedName)
            return writer.respond(asked.dialect.error(noSuchModel(asked, request.model)));
        EmbeddingsReply reply{
            .servedName = embedder.servedName, .vectors = {}, .base64 = request.base64};
        for (const QString &text : request.texts) {
            reply.vectors.append(
                simulatedEmbedding(text, request.dimensions.value_or(embedder.dimensions)));
            reply.tokens += text::estimateTokens(text);
        }
        later(fault, asked.dialect.embeddingsBody(reply), std::move(writer));
    }

    void answer(const Asked &asked, Fault fault, ChatRequest request, http::ResponseWriter writer)
    {
        const SimulatedModel *model = findSimulatedModel(asked.provider.name, request.model);
        if (!model)
            return writer.respond(asked.dialect.error(noSuchModel(asked, request.model)));
        if (request.promptTokens > kContextWindow)
            return writer.respond(
                asked.dialect.error({.message = u"The prompt has about %1 tokens; %2 reads %3."_s
                                                    .arg(request.promptTokens)
                                                    .arg(model->displayName)
                                                    .arg(kContextWindow),
                                     .code = u"context_length_exceeded"_s}));

        ChatReply reply{.id = "chatcmpl-sim-" + QByteArray::number(asked.number),
                        .created = QDateTime::currentSecsSinceEpoch(),
                        .servedName = model->servedName,
                        .request = std::move(request),
                        .answer = {}};
        auto &maxTokens = reply.request.answer.maxTokens;
        maxTokens = std::min(maxTokens.value_or(kMaxOutputTokens), kMaxOutputTokens);
        reply.answer = answerOf(*model, reply.request.answer, options.seed);
        const Pace pace = paceOf(reply.answer, fault);
        ReplySession::start(asked.dialect, std::move(reply), pace, std::move(writer));
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

QStringList SimulatedFleet::protocols()
{
    QStringList names;
    for (const Base &base : bases())
        names.append(base.dialect->name());
    return names;
}

QUrl SimulatedFleet::baseUrl(const QString &provider, const QString &protocol) const
{
    const ProviderState *state = d->find(provider);
    const auto base = std::find_if(bases().begin(), bases().end(), [&protocol](const Base &b) {
        return b.dialect->name() == protocol;
    });
    if (!state || base == bases().end())
        return {};
    return QUrl(u"http://127.0.0.1:%1%2"_s.arg(d->server->port())
                    .arg(QString::fromLatin1(state->path + base->path)));
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
