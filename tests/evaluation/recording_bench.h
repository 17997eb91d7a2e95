#pragma once

#include "core/engine/query_runner.h"
#include "core/evaluation/recording/recording.h"
#include "core/simulation/practice_prompts.h"
#include "core/simulation/simulated_fleet.h"

#include "tests/support/jumping_clock.h"
#include "tests/support/wait_until.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace headgate::tests {

// A data set of practice prompts, the fleet, and an engine between them over real sockets.
class RecordingBench
{
public:
    explicit RecordingBench(double timeScale = 0)
        : catalog(simulatedCatalog())
    {
        simulation::FleetOptions options;
        options.timeScale = timeScale;
        fleet = simulation::SimulatedFleet::start(options).value();
        for (const QString &name : fleet->providers()) {
            providers::Endpoint endpoint;
            endpoint.name = name;
            endpoint.baseUrl = fleet->baseUrl(name);
            endpoint.simulated = true;
            addProvider(endpoint);
        }
    }

    void addProvider(const providers::Endpoint &endpoint)
    {
        if (!directory.add(endpoint))
            qFatal("The provider is not taken.");
    }

    static catalog::ModelCatalog simulatedCatalog()
    {
        catalog::ModelCatalog catalog;
        catalog.add(simulation::SimulatedFleet::catalogEntries());
        return catalog;
    }

    // The first practice prompts with their answers.
    evaluation::DatasetId dataset(int prompts, const QString &name = QStringLiteral("practice"),
                                  const Json &grader = Json{{"kind", "contains"}})
    {
        const auto store = this->store();
        auto writer = store->create(name, grader, QStringLiteral("a test")).value();
        qint64 row = 0;
        for (const auto &each : simulation::practicePrompts().first(prompts)) {
            if (!writer.add(++row, {.id = each.id, .prompt = each.prompt, .expected = each.answer}))
                qFatal("A prompt is not taken.");
        }
        return writer.finish().value().id;
    }

    std::unique_ptr<evaluation::DatasetStore> store() const
    {
        return evaluation::DatasetStore::open(path()).value();
    }
    QString path() const { return folder.filePath(QStringLiteral("datasets.db")); }

    static policy::Model model(const QString &id,
                               const QString &provider = QStringLiteral("sim-aviary"))
    {
        return {.name = id, .provider = provider, .model = id};
    }

    // Through the engine; counts what was asked of whom, and keeps the traces.
    evaluation::Ask ask()
    {
        return [this](const evaluation::Asking &asking) {
            const auto &document = asking.policy->compiled().document();
            asked.append(document.models.constFirst().name + QLatin1Char(' ') +
                         asking.query.prompt());
            auto task = runner.run(asking.policy, asking.query, asking.stop, {});
            QCoro::connect(std::move(task), &context,
                           [this, done = asking.done](const engine::RunTrace &trace) {
                               traces.append(trace);
                               done(trace);
                           });
        };
    }

    std::unique_ptr<evaluation::Recording> recording(const evaluation::RecordingPlan &plan)
    {
        return std::make_unique<evaluation::Recording>(path(), plan, catalog, QDate(2026, 11, 20),
                                                       ask());
    }

    // From its start to its end.
    evaluation::RecordingReport record(const evaluation::RecordingPlan &plan)
    {
        const auto recorded = recording(plan);
        return ended(*recorded, [&] { recorded->start(); });
    }

    // What it comes to after the doing.
    template<typename Doing>
    static evaluation::RecordingReport ended(evaluation::Recording &recording, Doing doing)
    {
        evaluation::RecordingReport report;
        int ends = 0;
        QObject::connect(&recording, &evaluation::Recording::ended, &recording,
                         [&](const evaluation::RecordingReport &end) {
                             report = end;
                             ++ends;
                         });
        doing();
        if (!test::waitUntil([&] { return ends > 0; }, std::chrono::seconds(60)))
            qFatal("The recording does not end.");
        return report;
    }

    QTemporaryDir folder;
    test::JumpingClock clock;
    std::unique_ptr<simulation::SimulatedFleet> fleet;
    engine::ProviderDirectory directory{clock};
    catalog::ModelCatalog catalog;
    engine::QueryRunner runner{directory, catalog, clock};
    QObject context;
    QStringList asked; // "model prompt"
    QList<engine::RunTrace> traces;
};

} // namespace headgate::tests
