#include "ui/common/query_service.h"

#include "core/common/redaction.h"
#include "core/common/when_ready.h"
#include "core/engine/endpoint_embedder.h"
#include "core/ledger/ledger_thread.h"
#include "core/policy/named_artifacts.h"
#include "core/policy/named_models.h"
#include "core/routers/router_registry.h"
#include "core/text/token_estimate.h"

#include <QFutureWatcher>
#include <QPointer>
#include <QRandomGenerator>
#include <QSet>

#include <qcoro/qcorotask.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace headgate::ui {

namespace {

constexpr auto kTextInterval = 16ms; // a frame
constexpr qsizetype kRunsKept = 200;

QSet<QString> providersUsed(const policy::PolicyDocument &document)
{
    QSet<QString> used;
    for (const policy::Node &node : document.nodes) {
        for (const QString &name : policy::modelsNamedBy(node)) {
            if (const policy::Model *model = document.model(name))
                used.insert(model->provider);
        }
    }
    return used;
}

bool isSimulatedName(const QString &provider)
{
    return provider.startsWith("sim-"_L1);
}

} // namespace

// What a running coroutine needs until its end.
struct QueryService::Engine
{
    SystemClock clock;
    providers::HeldKeys keys;
    engine::ProviderDirectory providers{clock, keys};
    std::optional<catalog::ModelCatalog> catalog; // read when first needed
    std::unique_ptr<simulation::SimulatedFleet> fleet;
    engine::EndpointEmbedder embedder{providers, clock, keys};
    std::optional<engine::QueryRunner> runner;
    routers::RouterRegistry routers;
    scorers::ScorerRegistry scorers;
};

namespace {

// Holds the engine until its coroutine has wholly returned: the last one lets go of it from the
// event loop, not from within the reply that ended the query.
template<typename Held>
class Keeper
{
public:
    explicit Keeper(std::shared_ptr<Held> held)
        : m_held(std::move(held))
    {
    }
    Keeper(const Keeper &) = default;
    Keeper(Keeper &&) noexcept = default;
    Keeper &operator=(const Keeper &) = delete;
    ~Keeper()
    {
        if (m_held && m_held.use_count() == 1 && QCoreApplication::instance()) {
            QMetaObject::invokeMethod(
                QCoreApplication::instance(), [last = std::move(m_held)] {}, Qt::QueuedConnection);
        }
    }

private:
    std::shared_ptr<Held> m_held;
};

} // namespace

void SessionTotals::add(const engine::RunTrace &trace)
{
    ++runs;
    cost += trace.cost;
    unknownPrices += trace.unknownPrices;
    estimatedTokens +=
        std::any_of(trace.hops.cbegin(), trace.hops.cend(),
                    [](const engine::Hop &hop) { return hop.attempt > 0 && hop.usage.estimated; })
            ? 1
            : 0;
    if (const auto saving = trace.saving()) {
        saved += *saving;
        ++compared;
        estimatedBaselines += trace.baselineEstimated ? 1 : 0;
    }
}

QueryService::QueryService(Options options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_engine(std::make_shared<Engine>())
{
    m_engine->routers = routers::builtinRouters(m_options.artifacts);
    m_engine->scorers = scorers::builtinScorers(m_options.artifacts);
    m_textTimer.setSingleShot(true);
    m_textTimer.setInterval(kTextInterval);
    connect(&m_textTimer, &QTimer::timeout, this, &QueryService::flushText);
}

QueryService::~QueryService()
{
    m_stop.request_stop();
}

void QueryService::open()
{
    if (m_opened)
        return;
    m_opened = true;
    catalog();
    m_engine->runner.emplace(m_engine->providers, *m_engine->catalog, m_engine->clock);
    m_engine->runner->setEmbedder(&m_engine->embedder);
    m_engine->runner->traffic().deployments.onChange =
        [self = QPointer(this)](const engine::DeploymentHealth &health) {
            if (self)
                Q_EMIT self->healthChanged(health);
        };
    addProviders(m_configured);
    addProviders(m_options.endpoints);
    if (m_options.simulatedFleet)
        startFleet();
    if (!m_options.ledgerPath.isEmpty())
        openLedger();
    Q_EMIT opened();
}

void QueryService::addProviders(const QList<providers::Endpoint> &endpoints)
{
    for (const providers::Endpoint &endpoint : endpoints) {
        if (const auto added = m_engine->providers.add(endpoint); !added)
            Q_EMIT problem(added.error().message);
    }
}

void QueryService::setProviders(const QList<providers::Endpoint> &endpoints)
{
    const QList<providers::Endpoint> before = std::exchange(m_configured, endpoints);
    m_configured.removeIf([this](const providers::Endpoint &endpoint) {
        const auto &ours = m_options.endpoints;
        return std::any_of(ours.cbegin(), ours.cend(),
                           [&](const auto &each) { return each.name == endpoint.name; });
    });
    catalog();
    m_engine->catalog->setLocalProviders(
        engine::localProviders(m_configured + m_options.endpoints));
    if (!m_opened)
        return;
    QList<providers::Endpoint> changed;
    for (const providers::Endpoint &endpoint : std::as_const(m_configured)) {
        if (!before.contains(endpoint))
            changed.append(endpoint);
    }
    for (const providers::Endpoint &endpoint : before) {
        if (!m_configured.contains(endpoint))
            m_engine->providers.remove(endpoint.name);
    }
    addProviders(changed);
}

void QueryService::setPrice(const catalog::PriceOverride &price)
{
    catalog();
    m_engine->catalog->setOverride(price.provider, price.model, price.price, price.asOf);
}

void QueryService::tryAgain(const QString &provider)
{
    if (m_engine->runner)
        m_engine->runner->traffic().deployments.release(provider);
}

QList<engine::DeploymentHealth> QueryService::health() const
{
    return m_engine->runner ? m_engine->runner->traffic().deployments.all()
                            : QList<engine::DeploymentHealth>();
}

providers::HeldKeys &QueryService::keys()
{
    return m_engine->keys;
}

void QueryService::startFleet()
{
    auto fleet = simulation::SimulatedFleet::start(m_options.fleet);
    if (!fleet) {
        Q_EMIT problem(fleet.error().message);
        return;
    }
    m_engine->fleet = std::move(*fleet);
    for (const QString &name : m_engine->fleet->providers()) {
        providers::Endpoint endpoint;
        endpoint.name = name;
        endpoint.baseUrl = m_engine->fleet->baseUrl(name);
        endpoint.simulated = true;
        if (const auto added = m_engine->providers.add(endpoint); !added)
            Q_EMIT problem(added.error().message);
    }
}

void QueryService::openLedger()
{
    m_ledger = std::make_unique<ledger::LedgerThread>();
    connect(m_ledger.get(), &ledger::LedgerThread::recorded, this, &QueryService::recorded);
    connect(m_ledger.get(), &ledger::LedgerThread::problem, this, [this](const QString &sentence) {
        m_ledgerFails = true;
        Q_EMIT problem(sentence);
    });
    connect(m_ledger.get(), &ledger::LedgerThread::recovered, this,
            [this] { m_ledgerFails = false; });
    // Not QFuture::then(): what it posts does not survive a service that goes before it arrives.
    auto *opening = new QFutureWatcher<Result<>>(this);
    connect(opening, &QFutureWatcherBase::finished, this, [this, opening] {
        opening->deleteLater();
        const Result<> result = opening->result();
        m_ledgerFails = !result;
        if (result)
            readHealth();
        else
            Q_EMIT problem(result.error().message);
    });
    opening->setFuture(m_ledger->open(m_options.ledgerPath));
}

// So that orders by speed and hedges need not start from nothing.
void QueryService::readHealth()
{
    constexpr int kCallsEach = 256;
    using Deployments = Result<QList<ledger::DeploymentCalls>>;
    auto *reading = new QFutureWatcher<Deployments>(this);
    connect(reading, &QFutureWatcherBase::finished, this, [this, reading] {
        reading->deleteLater();
        const Deployments deployments = reading->result();
        if (!deployments)
            return;
        for (const ledger::DeploymentCalls &each : *deployments)
            m_engine->runner->traffic().deployments.seed(each.deployment, each.samples);
    });
    const QDateTime since = QDateTime::currentDateTimeUtc().addDays(-1);
    reading->setFuture(m_ledger->query(
        [since](const ledger::Ledger &ledger) { return ledger.deployments(since, kCallsEach); }));
}

const catalog::ModelCatalog &QueryService::catalog()
{
    if (!m_engine->catalog) {
        m_engine->catalog = catalog::ModelCatalog::bundled();
        m_engine->catalog->add(simulation::SimulatedFleet::catalogEntries());
        m_engine->catalog->setLocalProviders(engine::localProviders(m_options.endpoints));
    }
    return *m_engine->catalog;
}

QStringList QueryService::providers() const
{
    return m_engine->providers.names();
}

simulation::SimulatedFleet *QueryService::fleet() const
{
    return m_engine->fleet.get();
}

const SessionTotals &QueryService::session(bool simulated) const
{
    return simulated ? m_simulated : m_live;
}

Origin QueryService::origin(const policy::PolicyDocument &document) const
{
    bool simulated = false;
    bool live = false;
    for (const QString &provider : providersUsed(document))
        (isSimulatedName(provider) ? simulated : live) = true;
    if (simulated && live)
        return Origin::Mixed;
    return live ? Origin::Live : Origin::Simulated;
}

std::optional<QString> QueryService::reasonAgainst(const policy::PolicyDocument &document,
                                                   const QString &prompt) const
{
    if (isRunning())
        return tr("A query is running. Stop it first, or wait for its answer.");
    if (prompt.trimmed().isEmpty())
        return tr("There is nothing to ask yet. Write a prompt.");
    if (holdsKey(prompt))
        return tr("The prompt holds a key of one of your providers. Take it out before it is "
                  "sent.");
    if (m_ledgerFails && document.limits.maxCost)
        return tr("The ledger cannot be written, and this policy has a cost limit: nothing is "
                  "spent that cannot be recorded. Mend the ledger, or take the limit away.");
    for (const QString &provider : providersUsed(document)) {
        if (!m_engine->providers.find(provider))
            return tr("The provider “%1” is not configured. Name it in the file that "
                      "--providers reads, or choose another model.")
                .arg(provider);
    }
    return {};
}

std::optional<QueryService::PreparedResult>
QueryService::preparedAtOnce(const policy::PolicyDocument &document)
{
    if (m_prepared && document == m_preparedFrom)
        return m_prepared;
    const QStringList files = policy::artifactsNamedBy(document);
    const bool read = std::all_of(files.cbegin(), files.cend(), [this](const QString &file) {
        return m_options.artifacts.holds(file);
    });
    if (!read)
        return std::nullopt;
    auto prepared = engine::PreparedPolicy::prepare(document, m_engine->routers, m_engine->scorers);
    keepPrepared(document, prepared);
    return prepared;
}

void QueryService::keepPrepared(const policy::PolicyDocument &document,
                                const PreparedResult &prepared)
{
    if (!prepared)
        return;
    m_prepared = *prepared;
    m_preparedFrom = document;
}

void QueryService::prepareAside(const policy::PolicyDocument &document, const QString &prompt)
{
    m_preparing = true;
    m_stop = std::stop_source();
    const auto prepared =
        m_worker.submit([document, routers = m_engine->routers, scorers = m_engine->scorers] {
            return engine::PreparedPolicy::prepare(document, routers, scorers);
        });
    whenReady(prepared, this,
              [this, document, prompt, stop = m_stop.get_token()](const PreparedResult &result) {
                  m_preparing = false;
                  keepPrepared(document, result);
                  if (stop.stop_requested())
                      Q_EMIT refused(tr("Stopped."));
                  else
                      start(document, result, prompt);
              });
}

bool QueryService::start(const policy::PolicyDocument &document, const QString &prompt)
{
    open();
    if (const auto prepared = preparedAtOnce(document))
        return start(document, *prepared, prompt);
    if (const auto reason = reasonAgainst(document, prompt)) {
        Q_EMIT refused(*reason);
        return false;
    }
    prepareAside(document, prompt);
    return true;
}

bool QueryService::start(const policy::PolicyDocument &document, const PreparedResult &prepared,
                         const QString &prompt)
{
    std::optional<QString> reason = reasonAgainst(document, prompt);
    if (!reason && !prepared)
        reason = prepared.error().message;
    if (reason) {
        Q_EMIT refused(*reason);
        return false;
    }
    policy::Query query;
    query.messages.append(Message{.role = Message::Role::User, .text = prompt});
    query.estimatedTokens = text::estimateTokens(query.messages);
    query.seed = QRandomGenerator::global()->generate64();
    m_running = true;
    m_keepsTexts = m_options.keepTexts || document.keepTexts;
    m_stop = std::stop_source();
    Q_EMIT started(query);

    const auto receiver = [self = QPointer(this)](const engine::RunEvent &runEvent) {
        if (self)
            self->receive(runEvent);
    };
    auto task = m_engine->runner->run(*prepared, query, m_stop.get_token(), receiver);
    // The engine stays until the coroutine is over, even if this object goes first.
    QCoro::connect(
        std::move(task), this,
        [this, keep = Keeper(m_engine)](const engine::RunTrace &trace) { finish(trace); });
    return true;
}

void QueryService::runForRecording(std::shared_ptr<const engine::PreparedPolicy> policy,
                                   policy::Query query, std::stop_token stop,
                                   std::function<void(const engine::RunTrace &)> done)
{
    open();
    const auto noteBegin = [self = QPointer(this)](const engine::RunEvent &runEvent) {
        if (self && self->m_ledger && runEvent.kind == engine::RunEvent::Kind::Begun)
            self->m_ledger->begin(*runEvent.run);
    };
    auto task = m_engine->runner->run(std::move(policy), std::move(query), std::move(stop),
                                      noteBegin, engine::RunOrigin::Recorded);
    QCoro::connect(
        std::move(task), this,
        [this, keep = Keeper(m_engine), done = std::move(done)](const engine::RunTrace &trace) {
            if (m_ledger)
                m_ledger->record(trace, m_options.keepTexts);
            done(trace);
        });
}

void QueryService::stop()
{
    m_stop.request_stop();
}

void QueryService::receive(const engine::RunEvent &runEvent)
{
    // So that a crash shows in the ledger as a run without an end.
    if (runEvent.kind == engine::RunEvent::Kind::Begun && m_ledger)
        m_ledger->begin(*runEvent.run);
    if (runEvent.kind != engine::RunEvent::Kind::Text) {
        flushText();
        Q_EMIT event(runEvent);
        return;
    }
    if (!m_pendingText.text.isEmpty() && m_pendingText.node != runEvent.node)
        flushText();
    m_pendingText.kind = engine::RunEvent::Kind::Text;
    m_pendingText.node = runEvent.node;
    m_pendingText.text += runEvent.text;
    if (!m_textTimer.isActive())
        m_textTimer.start();
}

void QueryService::flushText()
{
    m_textTimer.stop();
    if (m_pendingText.text.isEmpty())
        return;
    const engine::RunEvent joined = std::exchange(m_pendingText, {});
    Q_EMIT event(joined);
}

void QueryService::finish(const engine::RunTrace &trace)
{
    flushText();
    m_running = false;
    (trace.simulated ? m_simulated : m_live).add(trace);
    m_runs.append(trace);
    if (m_runs.size() > kRunsKept)
        m_runs.removeFirst();
    Q_EMIT finished(trace);
    // What becomes of it, its signals say.
    if (m_ledger)
        m_ledger->record(trace, m_keepsTexts);
}

} // namespace headgate::ui
