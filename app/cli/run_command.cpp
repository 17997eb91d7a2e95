#include "app/cli/backends.h"
#include "app/cli/batch.h"
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "app/cli/policy_source.h"
#include "app/cli/prompt_file.h"
#include "app/cli/recorder.h"
#include "app/cli/run_report.h"
#include "app/cli/texts.h"

namespace headgate::cli {

using namespace Qt::StringLiterals;
using engine::RunTrace;

namespace {

constexpr int kMostConcurrency = 256;
constexpr int kMostPrompts = 10'000'000;

struct Options
{
    QString source;
    QStringList prompts;
    bool single = false; // --prompt
    int concurrency = 1;
    bool json = false;
    std::optional<Money> budget;
};

void addOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        Texts::tr("Sends prompts through a policy and prints what answered, what it cost and how "
                  "long it took. FILE is a policy, or example:NAME for a bundled one."));
    parser.addPositionalArgument(u"run"_s, {}, u"run FILE"_s);
    parser.addOption({u"prompt"_s, Texts::tr("One prompt; its answer is printed."), u"TEXT"_s});
    parser.addOption({u"prompts"_s,
                      Texts::tr("A JSON Lines file, gzip or plain; each line has a \"prompt\"."),
                      u"FILE"_s});
    parser.addOption({u"limit"_s, Texts::tr("At most this many prompts of the file."), u"N"_s});
    parser.addOption(
        {u"concurrency"_s, Texts::tr("How many queries run at a time (8)."), u"N"_s, u"8"_s});
    parser.addOption({u"budget"_s,
                      Texts::tr("At most so many USD for all queries together; a call that could "
                                "pass it is not sent."),
                      u"USD"_s});
    addBackendOptions(parser);
    parser.addOption(jsonOption());
    parser.addOption(ledgerOption());
}

// Fills what only the command line decides; an exit code where it is wrong.
std::optional<int> readOptions(const QCommandLineParser &parser, Options &options)
{
    const QStringList files = parser.positionalArguments().mid(1);
    if (files.size() != 1)
        return wrongUsage(Texts::tr("run takes one policy file."));
    options.source = files.first();
    options.json = parser.isSet(u"json"_s);
    options.single = parser.isSet(u"prompt"_s);
    if (parser.isSet(u"budget"_s)) {
        const auto budget = Money::fromDecimal(parser.value(u"budget"_s));
        if (!budget || *budget <= Money())
            return wrongUsage(Texts::tr("--budget is an amount in USD above 0, such as 0.50."));
        options.budget = *budget;
    }
    if (options.single == parser.isSet(u"prompts"_s))
        return wrongUsage(Texts::tr("run takes either --prompt TEXT or --prompts FILE."));
    if (const auto code = checkBackendOptions(parser))
        return code;
    const auto concurrency = numberOf(parser, u"concurrency"_s, 1, kMostConcurrency);
    if (!concurrency)
        return ExitCode::WrongUsage;
    options.concurrency = *concurrency;
    int limit = 0;
    if (parser.isSet(u"limit"_s)) {
        const auto number = numberOf(parser, u"limit"_s, 1, kMostPrompts);
        if (!number)
            return ExitCode::WrongUsage;
        limit = *number;
    }
    if (options.single) {
        options.prompts = {parser.value(u"prompt"_s)};
        return std::nullopt;
    }
    const auto prompts = readPrompts(parser.value(u"prompts"_s), limit);
    if (!prompts) {
        tell(prompts.error().message);
        return ExitCode::InputProblem;
    }
    options.prompts = *prompts;
    return std::nullopt;
}

void printOne(const RunTrace &trace, bool json)
{
    if (json)
        return;
    if (!trace.answer.isEmpty())
        print(trace.answer);
    if (!trace.error.isEmpty())
        tell(trace.error);
    QStringList facts{engine::pathText(trace), dollars(trace.cost), seconds(trace.latency)};
    if (const auto saving = trace.saving())
        facts.append(Texts::tr("%1 less than %2").arg(dollars(*saving), trace.baseline));
    if (trace.simulated)
        facts.append(Texts::tr("SIMULATED"));
    tell(facts.join(u" · "_s));
}

void printAll(const QList<RunTrace> &traces, const RunTotals &totals, bool json)
{
    if (json) {
        Json runs = Json::array();
        for (const RunTrace &trace : traces)
            runs.push_back(engine::toJson(trace));
        print(Json{{"runs", std::move(runs)}, {"totals", totals.toJson()}});
        return;
    }
    print(runTable(traces));
    print(QString());
    print(totals.text(Texts::tr("Quality   The difference in quality was not measured.")));
    for (const RunTrace &trace : traces) {
        if (trace.status == engine::RunStatus::Failed)
            tell(trace.error);
    }
}

QCoro::Task<int> runAll(Options options, std::shared_ptr<const engine::PreparedPolicy> policy,
                        Backends &backends, Recorder &recorder)
{
    Interrupt interrupt;
    Progress progress;
    RunTotals totals;
    QMap<qsizetype, RunTrace> traces; // in the order of the prompts
    const qsizetype count = options.prompts.size();
    Batch batch(backends.runner(), policy, options.prompts,
                [&](qsizetype place, const RunTrace &trace) {
                    totals.add(trace);
                    traces.insert(place, trace);
                    recorder.record(trace);
                    if (recorder.mustStop())
                        interrupt.stop();
                    progress.show(Texts::tr("%1 of %2 queries, %3")
                                      .arg(totals.runs())
                                      .arg(count)
                                      .arg(dollars(totals.cost())));
                });
    batch.onBegun([&recorder](const RunTrace &trace) { recorder.begin(trace); });
    auto task = batch.run(options.concurrency, interrupt.token());
    co_await task;

    progress.clear();
    if (options.single && !options.json && !traces.isEmpty())
        printOne(traces.first(), options.json);
    else
        printAll(traces.values(), totals, options.json);
    if (recorder.failed())
        co_return ExitCode::InputProblem;
    if (interrupt.requested()) {
        tell(Texts::tr("Stopped after %1 of %2 queries.").arg(totals.answered()).arg(count));
        co_return ExitCode::Interrupted;
    }
    co_return totals.failed() > 0 ? ExitCode::ProviderFailure : ExitCode::Done;
}

} // namespace

int runCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    addOptions(parser);
    if (const auto code = parse(parser, arguments))
        return *code;
    Options options;
    if (const auto code = readOptions(parser, options))
        return *code;

    const auto refuse = [](const Error &error) {
        tell(error.message);
        return ExitCode::InputProblem;
    };
    const auto loaded = loadPolicy(options.source);
    if (!loaded)
        return refuse(loaded.error());
    const auto policy = prepare(loaded->document, artifactsBeside(options.source));
    if (!policy)
        return refuse(policy.error());
    Backends backends;
    if (const auto connected = connectBackends(parser, loaded->document, backends); !connected)
        return refuse(connected.error());
    backends.runner().traffic().budget.setAmount(options.budget);
    auto recorder = Recorder::open(ledgerPath(parser), loaded->document);
    if (!recorder)
        return refuse(recorder.error());
    return finish(runAll(std::move(options), *policy, backends, *recorder));
}

} // namespace headgate::cli
