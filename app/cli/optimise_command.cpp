#include "app/cli/background_work.h"
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/optimise_report.h"
#include "app/cli/outcome_options.h"
#include "app/cli/policy_source.h"
#include "app/cli/texts.h"
#include "core/evaluation/optimizer/known_deployment.h"
#include "core/policy/policy_format.h"

namespace headgate::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostGrid = 1'000;
constexpr double kMostUsd = 1e9;
constexpr double kMostMs = 1e9;

void addOptimiseOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        Texts::tr("Searches all cascades of the models in an outcome file on its train prompts, "
                  "chooses on validation, and reads the chosen one once on test."));
    parser.addPositionalArgument(u"optimise"_s, {}, u"optimise --outcomes FILE"_s);
    parser.addOption({u"test-outcomes"_s,
                      Texts::tr("Read the chosen cascade on this file instead of the test part."),
                      u"FILE"_s});
    parser.addOption({u"scorer"_s, Texts::tr("What judges the answers: confidence."), u"WHICH"_s,
                      u"confidence"_s});
    parser.addOption({u"max-stages"_s, Texts::tr("At most so many models in a row, 1 to 3 (3)."),
                      u"N"_s, u"3"_s});
    parser.addOption({u"grid"_s,
                      Texts::tr("Thresholds to try for a model, as quantiles of its scores; 0 "
                                "tries every score (100)."),
                      u"N"_s, u"100"_s});
    parser.addOption({u"budget-usd-per-1k"_s,
                      Texts::tr("Choose the best that costs at most so much for 1,000 queries."),
                      u"USD"_s});
    parser.addOption({u"match-best-single"_s,
                      Texts::tr("Choose the cheapest that is as good as the best model alone.")});
    parser.addOption({u"latency-p95-ms"_s,
                      Texts::tr("Only cascades that answer 95 % of the queries so soon."),
                      u"MS"_s});
    parser.addOption({u"least-share"_s,
                      Texts::tr("Each model must answer at least this share of the queries (0)."),
                      u"SHARE"_s, u"0"_s});
    parser.addOption({u"leave-out"_s, Texts::tr("A model not to use; once a model."), u"MODEL"_s});
    parser.addOption({u"router"_s,
                      Texts::tr("Keep the router that this policy begins with, and search a "
                                "cascade for each of its branches."),
                      u"POLICY"_s});
    parser.addOption({u"out"_s, Texts::tr("Write the chosen cascade as a policy."), u"POLICY"_s});
    addOutcomeOptions(parser);
}

std::optional<int> readWish(const QCommandLineParser &parser, evaluation::Wish &wish)
{
    wish.matchBestSingle = parser.isSet(u"match-best-single"_s);
    if (!parser.isSet(u"budget-usd-per-1k"_s))
        return std::nullopt;
    if (wish.matchBestSingle)
        return wrongUsage(
            Texts::tr("optimise takes either --budget-usd-per-1k or --match-best-single."));
    wish.budgetPer1k = decimalOf(parser, u"budget-usd-per-1k"_s, 0, kMostUsd);
    return wish.budgetPer1k ? std::nullopt : std::optional<int>(ExitCode::WrongUsage);
}

std::optional<int> readSearch(const QCommandLineParser &parser, evaluation::SearchOptions &search)
{
    const auto stages = numberOf(parser, u"max-stages"_s, 1, evaluation::kMostStages);
    const auto grid = stages ? numberOf(parser, u"grid"_s, 0, kMostGrid) : std::nullopt;
    const auto share = grid ? decimalOf(parser, u"least-share"_s, 0, 1) : std::nullopt;
    if (!share)
        return ExitCode::WrongUsage;
    search.maxStages = *stages;
    search.grid = *grid;
    search.leastShare = *share;
    if (!parser.isSet(u"latency-p95-ms"_s))
        return std::nullopt;
    const auto latency = decimalOf(parser, u"latency-p95-ms"_s, 0, kMostMs);
    if (!latency)
        return ExitCode::WrongUsage;
    search.latencyP95 = std::chrono::nanoseconds(std::llround(*latency * 1e6));
    return std::nullopt;
}

std::optional<int> readOptimiseOptions(const QCommandLineParser &parser, OptimiseOptions &options)
{
    if (parser.positionalArguments().size() > 1)
        return wrongUsage(Texts::tr("optimise takes options only."));
    options.outcomes = parser.value(u"outcomes"_s);
    if (options.outcomes.isEmpty())
        return wrongUsage(Texts::tr("optimise needs --outcomes FILE."));
    if (parser.value(u"scorer"_s) != "confidence"_L1)
        return wrongUsage(Texts::tr("optimise searches by recorded confidences, so --scorer “%1” "
                                    "cannot be used; --scorer confidence can.")
                              .arg(parser.value(u"scorer"_s)));
    options.testOutcomes = parser.value(u"test-outcomes"_s);
    options.models.leaveOut = parser.values(u"leave-out"_s);
    options.router = parser.value(u"router"_s);
    options.out = parser.value(u"out"_s);
    options.json = parser.isSet(u"json"_s);
    if (const auto code = readWish(parser, options.wish))
        return code;
    if (const auto code = readSearch(parser, options.search))
        return code;
    const auto seed = seedOf(parser);
    if (!seed)
        return ExitCode::WrongUsage;
    options.seed = *seed;
    return readCallCosts(parser, options.models.costPerCall);
}

int writeChosen(const policy::PolicyDocument &document, const OptimiseOptions &options)
{
    const QString &path = options.out;
    const auto artifacts = options.router.isEmpty() ? learning::ArtifactShelf()
                                                    : artifactsBeside(options.router);
    if (const auto written = writePolicy(document, path, artifacts); !written) {
        tell(written.error().message);
        return ExitCode::InputProblem;
    }
    tell(Texts::tr("The policy was written to %1.").arg(path));
    QStringList unknown;
    for (const policy::Model &model : document.models) {
        if (model.provider == QLatin1String(evaluation::kUnknownProvider))
            unknown.append(model.name);
    }
    if (!unknown.isEmpty())
        tell(Texts::tr("Who provides these models is not known: %1. The policy says “%2”; set a "
                       "provider before it is run.")
                 .arg(unknown.join(", "_L1), QLatin1String(evaluation::kUnknownProvider)));
    return ExitCode::Done;
}

int report(const OptimiseOptions &options, const Optimisation &found)
{
    if (options.json)
        print(optimisationJson(found));
    else
        print(optimisationText(found));
    if (!found.hasScores)
        tell(Texts::tr("No model has confidences, so only single models were compared."));
    if (!found.chosen) {
        tell(Texts::tr("No cascade and no single model grants the wish on validation."));
        return ExitCode::InputProblem;
    }
    return options.out.isEmpty()
               ? int(ExitCode::Done)
               : writeChosen(found.chosen->policy->compiled().document(), options);
}

} // namespace

int optimiseCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    addOptimiseOptions(parser);
    if (const auto code = parse(parser, arguments))
        return *code;
    OptimiseOptions options;
    if (const auto code = readOptimiseOptions(parser, options))
        return *code;
    Optimisation found;
    const int code = runInBackground([&](std::stop_token stop, Progress &progress) -> Result<> {
        auto result = optimise(options, progress, std::move(stop));
        if (!result)
            return tl::unexpected(result.error());
        found = std::move(*result);
        return {};
    });
    return code == ExitCode::Done ? report(options, found) : code;
}

} // namespace headgate::cli
