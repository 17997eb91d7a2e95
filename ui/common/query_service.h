#pragma once

#include "core/catalog/model_catalog.h"
#include "core/common/worker_thread.h"
#include "core/engine/query_runner.h"
#include "core/scorers/scorer.h"
#include "core/simulation/simulated_fleet.h"
#include "ui/common/origin.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <stop_token>

namespace headgate::ledger {
class LedgerThread;
}

namespace headgate::ui {

// What the queries of this session came to. Simulated and live are counted apart.
struct SessionTotals
{
    int runs = 0;
    Money cost;
    Money saved;      // of the runs that have a baseline
    int compared = 0; // runs that have a baseline
    int unknownPrices = 0;
    int estimatedTokens = 0;    // runs with a call whose tokens, and so whose cost, are estimated
    int estimatedBaselines = 0; // of `compared`: the baseline's tokens are not measured

    void add(const engine::RunTrace &trace);
    bool operator==(const SessionTotals &) const = default;
};

// Sends queries through a policy: the one engine that pages and window share. Lives on the GUI
// thread; all waiting happens on sockets and on the ledger's thread. One query at a time.
class QueryService final : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        bool simulatedFleet = true;
        simulation::FleetOptions fleet;
        QList<providers::Endpoint> endpoints; // configured ones, besides the fleet's
        QString ledgerPath;                   // empty: nothing is kept
        learning::ArtifactShelf artifacts; // where trained routers and scorers are found
        // Prompts and answers go into the ledger, whatever the policy says.
        bool keepTexts = false;
    };

    explicit QueryService(Options options, QObject *parent = nullptr);
    // Stops the query that runs; its connections close soon after.
    ~QueryService() override;

    // Starts the fleet and opens the ledger, once; start() does it where nobody has. Trouble is
    // told by problem(): without a ledger queries still run, without a fleet live ones do.
    void open();
    bool isOpen() const { return m_opened; }

    // Sends the prompt through the policy. False after refused(): the prompt is empty, a query
    // runs already, the policy has errors, a model's provider is not configured. Where trained
    // files are to be read first, that happens on another thread, and started() or refused() follow.
    bool start(const policy::PolicyDocument &document, const QString &prompt);
    void stop();
    bool isRunning() const { return m_running || m_preparing; }
    // A query of a recording, beside the one that people ask: through the same engine and its
    // limits, and into the ledger as recorded, but not among this session's runs. `done` is called
    // once with its trace, from the event loop; not at all where the service goes first.
    void runForRecording(std::shared_ptr<const engine::PreparedPolicy> policy, policy::Query query,
                         std::stop_token stop, std::function<void(const engine::RunTrace &)> done);

    Origin origin(const policy::PolicyDocument &document) const;
    const SessionTotals &session(bool simulated) const;
    // The latest runs of this session, with their texts; the newest last, at most 200.
    const QList<engine::RunTrace> &sessionRuns() const { return m_runs; }
    const catalog::ModelCatalog &catalog();
    QStringList providers() const; // that can be called: the configured ones and the fleet's
    // Those that the user has set up, in the place of those set before. Queries on their way end at
    // the former ones. A name that the options have is theirs. problem() tells what cannot be used.
    void setProviders(const QList<providers::Endpoint> &endpoints);
    // The user's own price wins over every table from the next call on.
    void setPrice(const catalog::PriceOverride &price);
    // Where calls find the keys that are not in the environment.
    providers::HeldKeys &keys();
    // The user has mended what kept a provider from being called: it is tried again.
    void tryAgain(const QString &provider);
    // How every deployment stands that was called; its figures go on from the ledger's last day.
    QList<engine::DeploymentHealth> health() const;
    // nullptr until open() and where there is none.
    simulation::SimulatedFleet *fleet() const;
    ledger::LedgerThread *ledger() const { return m_ledger.get(); }

Q_SIGNALS:
    void opened();
    void started(const headgate::policy::Query &query);
    // As the engine tells them, but pieces of text of one node are joined: at most one Text event
    // in about 16 ms.
    void event(const headgate::engine::RunEvent &event);
    void finished(const headgate::engine::RunTrace &trace);
    void refused(const QString &sentence);
    void recorded(const QString &runId);   // it is in the ledger now
    void problem(const QString &sentence); // of the fleet or the ledger
    // A breaker, a rest, a flag: not the figures.
    void healthChanged(const headgate::engine::DeploymentHealth &health);

private:
    struct Engine;
    using PreparedResult = Result<std::shared_ptr<const engine::PreparedPolicy>>;
    // None where that takes reading trained files.
    std::optional<PreparedResult> preparedAtOnce(const policy::PolicyDocument &document);
    void keepPrepared(const policy::PolicyDocument &document, const PreparedResult &prepared);
    void prepareAside(const policy::PolicyDocument &document, const QString &prompt);
    bool start(const policy::PolicyDocument &document, const PreparedResult &prepared,
               const QString &prompt);
    std::optional<QString> reasonAgainst(const policy::PolicyDocument &document,
                                         const QString &prompt) const;
    void addProviders(const QList<providers::Endpoint> &endpoints);
    void startFleet();
    void openLedger();
    void readHealth();
    void receive(const engine::RunEvent &event);
    void flushText();
    void finish(const engine::RunTrace &trace);

    Options m_options;
    // Shared with the coroutine of a query that outlives the service.
    std::shared_ptr<Engine> m_engine;
    std::unique_ptr<ledger::LedgerThread> m_ledger;
    policy::PolicyDocument m_preparedFrom;
    std::shared_ptr<const engine::PreparedPolicy> m_prepared;
    std::stop_source m_stop;
    engine::RunEvent m_pendingText;
    QTimer m_textTimer;
    SessionTotals m_simulated;
    SessionTotals m_live;
    QList<engine::RunTrace> m_runs;
    QList<providers::Endpoint> m_configured;
    bool m_opened = false;
    WorkerThread m_worker; // reads trained files
    bool m_running = false;
    bool m_preparing = false; // a query waits for trained files that are being read
    bool m_keepsTexts = false;  // of the query that runs
    bool m_ledgerFails = false; // what is spent now could not be recorded
};

} // namespace headgate::ui
