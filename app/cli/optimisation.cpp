#include "app/cli/optimisation.h"

#include "app/cli/backends.h"
#include "app/cli/outcome_options.h"
#include "app/cli/policy_source.h"
#include "app/cli/texts.h"
#include "core/evaluation/optimizer/cascade_policy.h"
#include "core/evaluation/optimizer/known_deployment.h"
#include "core/policy/node_kind.h"

#include <QSet>

namespace headgate::cli {

using namespace Qt::StringLiterals;
using namespace evaluation;

namespace {

// The rows of a part, and the table that they are rows of.
struct PartRows
{
    const OutcomeTable *table = nullptr;
    CascadeColumns columns;
};

class Optimiser
{
public:
    Optimiser(const OptimiseOptions &options, Progress &progress, std::stop_token stop)
        : m_options(options)
        , m_progress(progress)
        , m_stop(std::move(stop))
    {
    }

    Result<Optimisation> run()
    {
        auto done = load()
                        .and_then([this] { return takeRows(); })
                        .and_then([this] { return divide(); })
                        .and_then([this] { return search(); })
                        .and_then([this] { return readSingles(); })
                        .and_then([this] { return readChosen(); });
        if (!done)
            return tl::unexpected(done.error());
        return std::move(m_found);
    }

private:
    Result<> load()
    {
        const auto read = [this](const QString &path, OutcomeTable &table) -> Result<> {
            auto loaded = loadOutcomes(path, {.prompts = true, .answers = false},
                                       m_options.models.costPerCall, m_progress, m_stop);
            if (!loaded)
                return tl::unexpected(loaded.error());
            table = std::move(*loaded);
            return {};
        };
        if (auto loaded = read(m_options.outcomes, m_table);
            !loaded || m_options.testOutcomes.isEmpty())
            return loaded;
        return read(m_options.testOutcomes, m_testTable);
    }

    Result<> takeRows()
    {
        for (const size_t part : {size_t(0), size_t(1)}) {
            if (auto taken = take(part, m_table, m_table.rowsOf(kParts[part]), m_options.models);
                !taken)
                return taken;
        }
        for (const CascadeColumn &model : m_parts[0].columns.models) {
            m_found.models.append(model.name);
            m_found.hasScores |= !model.score.empty();
        }
        if (m_options.testOutcomes.isEmpty())
            return take(2, m_table, m_table.rowsOf(Part::Test), m_options.models);
        return takeTestFile();
    }

    Result<> take(size_t part, const OutcomeTable &table, const std::vector<qint32> &rows,
                  const CascadeColumnsOptions &models)
    {
        auto columns = cascadeColumns(table, rows, models);
        if (!columns && columns.error().code == ErrorCode::InvalidInput && lacksCosts(table))
            return fail(columns.error().code,
                        Texts::tr("%1 --cost-per-call and --leave-out are for that.")
                            .arg(columns.error().message));
        if (!columns)
            return fail(columns.error().code,
                        rows.empty() ? Texts::tr("The outcomes hold no prompts for the part “%1”.")
                                           .arg(nameOf(kParts[part]))
                                     : columns.error().message);
        m_found.prompts[part] = columns->count();
        m_found.incomplete[part] = columns->incomplete;
        m_parts[part] = {&table, std::move(*columns)};
        return {};
    }

    bool lacksCosts(const OutcomeTable &table) const
    {
        return std::any_of(table.models.begin(), table.models.end(), [this](const auto &model) {
            return model.cost.empty() && !m_options.models.leaveOut.contains(model.name);
        });
    }

    // All of the other file, but what has been used to search and to choose.
    Result<> takeTestFile()
    {
        if (auto known = checkModelsIn(m_testTable, m_found.models); !known)
            return fail(
                known.error().code,
                Texts::tr("The test outcomes cannot be used: %1").arg(known.error().message));
        CascadeColumnsOptions models;
        for (const ModelColumns &model : m_testTable.models) {
            if (!m_found.models.contains(model.name))
                models.leaveOut.append(model.name);
        }
        QSet<QByteArray> seen;
        for (qint32 row = 0; row < m_table.rows; ++row) {
            if (m_table.part[size_t(row)] != Part::Test)
                seen.insert(m_table.prompts.at(row).toByteArray());
        }
        std::vector<qint32> rows;
        for (qint32 row = 0; row < m_testTable.rows; ++row) {
            if (!seen.contains(m_testTable.prompts.at(row).toByteArray()))
                rows.push_back(row);
        }
        m_found.alreadySeen = m_testTable.rows - qint64(rows.size());
        return take(2, m_testTable, rows, models);
    }

    // Those beside the policy of the router, where one was named.
    learning::ArtifactShelf artifacts() const
    {
        return m_options.router.isEmpty() ? learning::ArtifactShelf()
                                          : artifactsBeside(m_options.router);
    }

    // By the decisions of the router, where one was named.
    Result<> divide()
    {
        if (m_options.router.isEmpty())
            return {};
        const auto loaded = loadPolicy(m_options.router);
        if (!loaded)
            return tl::unexpected(loaded.error());
        auto router = firstRouter(loaded->document);
        if (!router)
            return tl::unexpected(router.error());
        Optimisation::Routed routed{.title = policy::displayName(router->router),
                                    .ports = router->ports,
                                    .prompts = {},
                                    .choice = {}};
        for (size_t part = 0; part < kParts.size(); ++part) {
            const auto ports = decisionsOf(*router, routers::builtinRouters(artifacts()),
                                           *m_parts[part].table, m_stop);
            if (!ports)
                return tl::unexpected(ports.error());
            m_branches[part] = divideColumns(m_parts[part].columns, router->ports, *ports);
            routed.undecided[part] = m_branches[part].undecided;
            for (const CascadeColumns &branch : m_branches[part].branches)
                routed.prompts[part].push_back(branch.count());
        }
        m_router = std::move(*router);
        m_found.routed = std::move(routed);
        return {};
    }

    Result<> searchBranches()
    {
        auto choice = chooseBranches(
            m_branches[0], m_branches[1], m_options.wish, m_options.search,
            [this](qsizetype done, qsizetype all) {
                m_progress.show(Texts::tr("Searching: %1 of %2 pairs").arg(done).arg(all));
            },
            m_stop);
        if (!choice)
            return tl::unexpected(choice.error());
        m_found.choice.bestSingle = choice->bestSingle;
        m_found.choice.searched = choice->searched;
        m_found.routed->choice = std::move(*choice);
        return {};
    }

    Result<> search()
    {
        if (m_found.routed)
            return searchBranches();
        auto choice = chooseCascade(
            m_parts[0].columns, m_parts[1].columns, m_options.wish, m_options.search,
            [this](qsizetype done, qsizetype all) {
                m_progress.show(Texts::tr("Searching: %1 of %2 pairs").arg(done).arg(all));
            },
            m_stop);
        if (!choice)
            return tl::unexpected(choice.error());
        m_found.choice = std::move(*choice);
        return {};
    }

    Result<> readSingles()
    {
        for (const QString &name : m_found.models) {
            SingleModel single{.name = name, .parts = {}};
            for (size_t part = 0; part < kParts.size(); ++part)
                single.parts[part] = figuresOf(name, m_parts[part]);
            m_found.singles.push_back(single);
        }
        return {};
    }

    SingleFigures figuresOf(const QString &name, const PartRows &part) const
    {
        const ModelColumns &model = part.table->models[size_t(part.table->modelIndex(name))];
        std::vector<float> quality;
        std::vector<qint64> cost;
        for (const qint32 row : part.columns.rows) {
            quality.push_back(model.quality[size_t(row)]);
            cost.push_back(model.costAt(row));
        }
        return {meanQuality(quality, bootstrap()), costUsdPer1k(cost, bootstrap())};
    }

    Result<> readChosen()
    {
        const bool isFound = m_found.routed ? m_found.routed->choice.chosen.has_value()
                                            : m_found.choice.chosen.has_value();
        if (!isFound)
            return {};
        m_progress.show(Texts::tr("Reading the chosen cascade"));
        ChosenCascade chosen;
        const auto policy = prepare(draw(chosen), artifacts());
        if (!policy)
            return tl::unexpected(policy.error());
        chosen.policy = *policy;
        for (size_t part = 0; part < kParts.size(); ++part) {
            const OutcomeTable &table = *m_parts[part].table;
            auto summary = evaluatePolicy(
                *chosen.policy, table, m_parts[part].columns.rows,
                {.baseline = table.modelIndex(m_found.bestSingle()), .bootstrap = bootstrap()},
                m_stop);
            if (!summary)
                return tl::unexpected(summary.error());
            chosen.parts[part] = std::move(*summary);
        }
        m_found.chosen = std::move(chosen);
        return {};
    }

    // Draws what was chosen, and notes it down.
    policy::PolicyDocument draw(ChosenCascade &chosen) const
    {
        const auto catalog = catalog::ModelCatalog::bundled();
        const auto deployment = [&](const QString &name) { return knownDeployment(catalog, name); };
        if (m_found.routed) {
            chosen.branches = m_found.routed->choice.chosen->cascade;
            return branchedPolicy(*m_router, m_branches[0], chosen.branches, m_found.bestSingle(),
                                  deployment);
        }
        chosen.cascade = m_found.choice.chosen->cascade;
        return cascadePolicy(m_parts[0].columns, chosen.cascade, m_found.bestSingle(), deployment);
    }

    BootstrapOptions bootstrap() const
    {
        BootstrapOptions options;
        options.seed = m_options.seed;
        return options;
    }

    const OptimiseOptions &m_options;
    Progress &m_progress;
    std::stop_token m_stop;
    OutcomeTable m_table;
    OutcomeTable m_testTable; // empty where the test part of the other is used
    std::array<PartRows, 3> m_parts;
    std::optional<FirstRouter> m_router;
    std::array<BranchedColumns, 3> m_branches; // with a router
    Optimisation m_found;
};

} // namespace

QString nameOf(Part part)
{
    return part == Part::Train        ? u"train"_s
           : part == Part::Validation ? u"validation"_s
                                      : u"test"_s;
}

Result<Optimisation> optimise(const OptimiseOptions &options, Progress &progress,
                              std::stop_token stop)
{
    return Optimiser(options, progress, std::move(stop)).run();
}

} // namespace headgate::cli
