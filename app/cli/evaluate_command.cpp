#include "app/cli/backends.h"
#include "app/cli/background_work.h"
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/outcome_options.h"
#include "app/cli/policy_source.h"
#include "app/cli/summary_report.h"
#include "app/cli/texts.h"

#include <QFileInfo>

namespace headgate::cli {

using namespace Qt::StringLiterals;
using evaluation::Part;

namespace {

struct EvaluateOptions
{
    QString policy;
    QString outcomes;
    QString split;
    std::optional<Part> part; // none: all rows
    QString baseline;
    QHash<QString, Money> costPerCall;
    quint64 seed = 1;
    bool json = false;
};

struct Evaluation
{
    std::shared_ptr<const engine::PreparedPolicy> policy;
    evaluation::PolicySummary summary;
    bool baselineMissing = false; // the policy's own is not in the outcomes
};

void addEvaluateOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        Texts::tr("Replays a policy on measured outcomes, without a call, and prints quality, "
                  "cost, latency, shares and the saving against the baseline with the quality "
                  "difference beside it. POLICY is a file, or example:NAME for a bundled one."));
    parser.addPositionalArgument(u"evaluate"_s, {}, u"evaluate POLICY --outcomes FILE"_s);
    parser.addOption({u"split"_s,
                      Texts::tr("The prompts to use: all, train, validation or test (all)."),
                      u"PART"_s, u"all"_s});
    parser.addOption({u"baseline"_s,
                      Texts::tr("The model of the outcomes to compare with, instead of the "
                                "policy's baseline."),
                      u"MODEL"_s});
    addOutcomeOptions(parser);
}

std::optional<int> readEvaluateOptions(const QCommandLineParser &parser, EvaluateOptions &options)
{
    const QStringList files = parser.positionalArguments().mid(1);
    if (files.size() != 1)
        return wrongUsage(Texts::tr("evaluate takes one policy file."));
    options.policy = files.first();
    options.outcomes = parser.value(u"outcomes"_s);
    if (options.outcomes.isEmpty())
        return wrongUsage(Texts::tr("evaluate needs --outcomes FILE."));
    const QMap<QString, std::optional<Part>> parts{{u"all"_s, std::nullopt},
                                                   {u"train"_s, Part::Train},
                                                   {u"validation"_s, Part::Validation},
                                                   {u"test"_s, Part::Test}};
    options.split = parser.value(u"split"_s);
    if (!parts.contains(options.split))
        return wrongUsage(Texts::tr("--split is all, train, validation or test."));
    options.part = parts.value(options.split);
    options.baseline = parser.value(u"baseline"_s);
    options.json = parser.isSet(u"json"_s);
    const auto seed = seedOf(parser);
    if (!seed)
        return ExitCode::WrongUsage;
    options.seed = *seed;
    return readCallCosts(parser, options.costPerCall);
}

// Texts of answers are most of a file; only gates may read them.
bool hasGates(const policy::CompiledPolicy &policy)
{
    for (policy::NodeIndex node = 0; node < policy.nodeCount(); ++node) {
        if (policy.step(node).role == policy::NodeRole::Gate)
            return true;
    }
    return false;
}

Result<> evaluate(const EvaluateOptions &options, Evaluation &result, std::stop_token stop,
                  Progress &progress)
{
    const policy::CompiledPolicy &policy = result.policy->compiled();
    const auto table =
        loadOutcomes(options.outcomes, {.prompts = true, .answers = hasGates(policy)},
                     options.costPerCall, progress, stop);
    if (!table)
        return tl::unexpected(table.error());
    if (auto known = checkModelsIn(*table, options.costPerCall.keys()); !known)
        return known;
    const auto baseline = evaluation::baselineColumn(policy.document(), *table, options.baseline);
    if (!baseline)
        return tl::unexpected(baseline.error());
    result.baselineMissing = *baseline < 0 && !policy.document().baseline.isEmpty();
    progress.show(Texts::tr("Replaying %1 prompts").arg(table->rows));
    const auto rows = options.part ? table->rowsOf(*options.part) : table->allRows();
    evaluation::SummaryOptions how;
    how.baseline = *baseline;
    how.bootstrap.seed = options.seed;
    const auto summary =
        evaluation::evaluatePolicy(*result.policy, *table, rows, how, std::move(stop));
    if (!summary)
        return tl::unexpected(summary.error());
    result.summary = *summary;
    return {};
}

void printEvaluation(const EvaluateOptions &options, const Evaluation &result)
{
    const policy::CompiledPolicy &policy = result.policy->compiled();
    if (result.baselineMissing)
        tell(Texts::tr("The outcomes hold nothing of the policy's baseline “%1”, so no saving is "
                       "counted; --baseline names another.")
                 .arg(policy.document().baseline));
    if (options.json) {
        Json document = summaryJson(result.summary, policy);
        document["policy"] = toStdString(policy.document().name);
        document["outcomes"] = toStdString(QFileInfo(options.outcomes).fileName());
        document["split"] = toStdString(options.split);
        document["seed"] = options.seed;
        print(document);
        return;
    }
    print(Texts::tr("%1 on %2, prompts: %3")
              .arg(policy.document().name, QFileInfo(options.outcomes).fileName(), options.split));
    print(QString());
    print(summaryText(result.summary, policy));
}

} // namespace

int evaluateCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    addEvaluateOptions(parser);
    if (const auto code = parse(parser, arguments))
        return *code;
    EvaluateOptions options;
    if (const auto code = readEvaluateOptions(parser, options))
        return *code;

    const auto loaded = loadPolicy(options.policy);
    const auto prepared = loaded ? prepare(loaded->document, artifactsBeside(options.policy))
                                 : tl::unexpected(loaded.error());
    if (!prepared) {
        tell(prepared.error().message);
        return ExitCode::InputProblem;
    }
    Evaluation result{.policy = *prepared, .summary = {}, .baselineMissing = false};
    const int code = runInBackground([&](std::stop_token stop, Progress &progress) {
        return evaluate(options, result, std::move(stop), progress);
    });
    if (code == ExitCode::Done)
        printEvaluation(options, result);
    return code;
}

} // namespace headgate::cli
