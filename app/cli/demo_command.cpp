#include "app/cli/backends.h"
#include "app/cli/batch.h"
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/demo_quality.h"
#include "app/cli/interrupt.h"
#include "app/cli/policy_source.h"
#include "app/cli/recorder.h"
#include "app/cli/run_report.h"
#include "app/cli/texts.h"

namespace headgate::cli {

using namespace Qt::StringLiterals;
using engine::RunTrace;
using simulation::PracticePrompt;

namespace {

constexpr int kPrompts = 60;
constexpr int kConcurrency = 8;
constexpr double kTimeScale = 0.5; // of the models' own speeds, so that it ends in some seconds
const QString kDemoPolicy = u"example:frugal-cascade"_s;

using PolicyPtr = std::shared_ptr<const engine::PreparedPolicy>;

struct Demo
{
    policy::PolicyDocument document;
    PolicyPtr cascade;
    PolicyPtr baseline; // the baseline's model alone
    QList<PracticePrompt> prompts;
    bool json = false;
};

// The same models, but every query goes to the baseline.
policy::PolicyDocument baselineAlone(const policy::PolicyDocument &cascade)
{
    policy::PolicyDocument document;
    document.name = Texts::tr("%1 alone").arg(cascade.baseline);
    document.baseline = cascade.baseline;
    document.models = cascade.models;
    const auto node = [](const QString &id, const QString &kind, const Json &config) {
        policy::Node made;
        made.id = {id};
        made.kind = kind;
        made.config = config;
        return made;
    };
    document.nodes = {
        node(u"query"_s, u"query"_s, Json::object()),
        node(u"call"_s, u"model"_s, {{"model", toStdString(cascade.baseline)}, {"timeout_s", 60}}),
        node(u"answer"_s, u"answer"_s, Json::object())};
    document.wires = {{{u"query"_s}, u"query"_s, {u"call"_s}},
                      {{u"call"_s}, u"answer"_s, {u"answer"_s}}};
    return document;
}

QStringList textsOf(const QList<PracticePrompt> &prompts)
{
    QStringList texts;
    for (const PracticePrompt &prompt : prompts)
        texts.append(prompt.prompt);
    return texts;
}

// One pass of all prompts through one policy.
struct Pass
{
    QMap<qsizetype, RunTrace> traces;
    RunTotals totals;
};

QCoro::Task<> runPass(const Demo &demo, PolicyPtr policy, Backends &backends, QString label,
                      Recorder *recorder, Interrupt &interrupt, Pass &pass)
{
    Progress progress;
    Batch batch(backends.runner(), std::move(policy), textsOf(demo.prompts),
                [&](qsizetype place, const RunTrace &trace) {
                    pass.totals.add(trace);
                    pass.traces.insert(place, trace);
                    if (recorder)
                        recorder->record(trace);
                    progress.show(Texts::tr("%1: %2 of %3 queries")
                                      .arg(label)
                                      .arg(pass.totals.runs())
                                      .arg(demo.prompts.size()));
                });
    if (recorder)
        batch.onBegun([recorder](const RunTrace &trace) { recorder->begin(trace); });
    auto task = batch.run(kConcurrency, interrupt.token());
    co_await task;
}

PairedQuality compare(const Demo &demo, const Pass &cascade, const Pass &baseline)
{
    PairedQuality quality;
    for (auto trace = cascade.traces.cbegin(); trace != cascade.traces.cend(); ++trace) {
        const auto other = baseline.traces.constFind(trace.key());
        if (other == baseline.traces.cend())
            continue;
        const PracticePrompt &prompt = demo.prompts.at(trace.key());
        quality.add(isRight(prompt, trace->answer), isRight(prompt, other->answer));
    }
    return quality;
}

QString share(qsizetype part, qsizetype whole)
{
    return Texts::tr("%1 of %2 (%3 %)")
        .arg(part)
        .arg(whole)
        .arg(whole == 0 ? 0.0 : 100.0 * double(part) / double(whole), 0, 'f', 0);
}

QString qualityText(const Demo &demo, const Pass &baseline, const PairedQuality &quality)
{
    if (quality.prompts == 0)
        return Texts::tr("Quality   The difference in quality was not measured.");
    const QString shares =
        Texts::tr("Right     %1 by this policy, %2 by %3 alone: %4 points, 95 % within ±%5")
            .arg(share(quality.firstRight, quality.prompts),
                 share(quality.secondRight, quality.prompts), demo.document.baseline)
            .arg(quality.difference(), 0, 'f', 1)
            .arg(quality.halfWidth(), 0, 'f', 1);
    const QString method =
        Texts::tr("          Measured by asking %1 the same %2 practice prompts as well and "
                  "comparing both answers with the\n          reference answers. Asking it cost "
                  "%3, which is not part of the sums above nor of the ledger.")
            .arg(demo.document.baseline)
            .arg(quality.prompts)
            .arg(dollars(baseline.totals.cost()));
    return shares + u'\n' + method;
}

void printText(const Demo &demo, const Pass &cascade, const Pass &baseline,
               const PairedQuality &quality)
{
    print(runTable(cascade.traces.values()));
    print(QString());
    print(cascade.totals.text(qualityText(demo, baseline, quality)));
}

void printJson(const Pass &cascade, const Pass &baseline, const PairedQuality &quality)
{
    Json runs = Json::array();
    for (const RunTrace &trace : cascade.traces)
        runs.push_back(engine::toJson(trace));
    print(Json{{"runs", std::move(runs)},
               {"totals", cascade.totals.toJson()},
               {"quality",
                {{"prompts", quality.prompts},
                 {"right", quality.firstRight},
                 {"right_by_baseline", quality.secondRight},
                 {"difference_points", quality.difference()},
                 {"half_width_points", quality.halfWidth()},
                 {"measured_baseline_cost_nanousd", baseline.totals.cost().nanos()}}}});
}

QCoro::Task<int> runDemo(Demo demo, Backends &backends, Recorder &recorder)
{
    Interrupt interrupt;
    Pass cascade;
    Pass baseline;
    tell(Texts::tr("SIMULATED fleet on 127.0.0.1: %1 practice prompts through “%2”, then through "
                   "%3 alone to compare.")
             .arg(demo.prompts.size())
             .arg(demo.document.name, demo.document.baseline));
    auto first =
        runPass(demo, demo.cascade, backends, demo.document.name, &recorder, interrupt, cascade);
    co_await first;
    auto second = runPass(demo, demo.baseline, backends, demo.document.baseline, nullptr, interrupt,
                          baseline);
    co_await second;

    const PairedQuality quality = compare(demo, cascade, baseline);
    if (demo.json)
        printJson(cascade, baseline, quality);
    else
        printText(demo, cascade, baseline, quality);
    if (recorder.failed())
        co_return ExitCode::InputProblem;
    if (interrupt.requested()) {
        tell(Texts::tr("Stopped."));
        co_return ExitCode::Interrupted;
    }
    co_return cascade.totals.failed() > 0 ? ExitCode::ProviderFailure : ExitCode::Done;
}

Result<Demo> makeDemo(int prompts)
{
    const auto loaded = loadPolicy(kDemoPolicy);
    if (!loaded)
        return tl::unexpected(loaded.error());
    Demo demo;
    demo.document = loaded->document;
    auto cascade = prepare(demo.document);
    if (!cascade)
        return tl::unexpected(std::move(cascade).error());
    auto baseline = prepare(baselineAlone(demo.document));
    if (!baseline)
        return tl::unexpected(std::move(baseline).error());
    demo.cascade = std::move(*cascade);
    demo.baseline = std::move(*baseline);
    demo.prompts = demoPrompts(prompts);
    return demo;
}

} // namespace

int demoCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Texts::tr("Runs the bundled cascade over HTTP on the simulated fleet and prints each "
                  "query's path, model, score, cost and latency, the saving, and beside it the "
                  "share of right answers."));
    parser.addPositionalArgument(u"demo"_s, {}, u"demo"_s);
    parser.addOption({u"limit"_s, Texts::tr("How many practice prompts (%1).").arg(kPrompts),
                      u"N"_s, QString::number(kPrompts)});
    addNoDelaysOption(parser);
    parser.addOption(jsonOption());
    parser.addOption(ledgerOption());
    if (const auto code = parse(parser, arguments))
        return *code;
    if (parser.positionalArguments().size() != 1)
        return wrongUsage(Texts::tr("demo takes no file."));
    const auto prompts = numberOf(parser, u"limit"_s, 1, 1000);
    if (!prompts)
        return ExitCode::WrongUsage;

    const auto refuse = [](const Error &error) {
        tell(error.message);
        return ExitCode::InputProblem;
    };
    auto demo = makeDemo(*prompts);
    if (!demo)
        return refuse(demo.error());
    demo->json = parser.isSet(u"json"_s);
    Backends backends;
    simulation::FleetOptions options = fleetOptions(parser);
    options.timeScale *= kTimeScale;
    if (const auto started = backends.addSimulatedFleet(options); !started)
        return refuse(started.error());
    auto recorder = Recorder::open(ledgerPath(parser), demo->document);
    if (!recorder)
        return refuse(recorder.error());
    return finish(runDemo(std::move(*demo), backends, *recorder));
}

} // namespace headgate::cli
