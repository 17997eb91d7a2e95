#include "app/cli/backends.h"
#include "app/cli/batch.h"
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/outcome_options.h"
#include "app/cli/policy_source.h"
#include "app/cli/record_report.h"
#include "app/cli/recorder.h"
#include "app/cli/run_report.h"
#include "app/cli/texts.h"
#include "core/evaluation/datasets/dataset_import.h"
#include "core/evaluation/datasets/outcome_export.h"

#include <QDate>
#include <QTimer>

#include <qcoro/qcorosignal.h>

namespace headgate::cli {

using namespace Qt::StringLiterals;
using evaluation::DatasetStore;
using evaluation::DatasetSummary;
using evaluation::RecordingReport;

namespace {

constexpr int kMostAtATime = 256;
constexpr int kMostRecordedPrompts = 100'000'000;

struct RecordOptions
{
    QString policy;
    QString dataset;
    QString import;
    std::optional<Json> grader;
    QStringList models;
    std::optional<Money> cap;
    std::optional<qint64> mostPrompts;
    int concurrency = 8;
    bool confidence = true;
    QString out;
    bool json = false;
};

void addRecordOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        Texts::tr("Asks the models of a policy every prompt of a data set, grades the answers and "
                  "keeps them in it. Without --cap-usd it only says what that would take. What is "
                  "there already is not asked again, so that the same command goes on after a "
                  "stop. POLICY is a file, or example:NAME for a bundled one."));
    parser.addPositionalArgument(u"record"_s, {}, u"record POLICY --dataset NAME"_s);
    parser.addOption({u"dataset"_s, Texts::tr("The data set."), u"NAME"_s});
    parser.addOption({u"import"_s,
                      Texts::tr("Makes the data set of this file first: JSON lines or CSV, gzip or "
                                "plain, with columns such as prompt and expected."),
                      u"FILE"_s});
    parser.addOption({u"grader"_s,
                      Texts::tr("How answers are graded: a kind, or JSON with its options, such as "
                                "{\"kind\": \"number\", \"absolute\": 0.01}."),
                      u"GRADER"_s});
    parser.addOption({u"model"_s,
                      Texts::tr("A model of the policy to ask; may be given several times (all)."),
                      u"NAME"_s});
    parser.addOption({u"cap-usd"_s,
                      Texts::tr("At most so many USD; a call that could pass it is not sent."),
                      u"USD"_s});
    parser.addOption({u"most"_s,
                      Texts::tr("Only the first N prompts that have something left to be asked."),
                      u"N"_s});
    parser.addOption(
        {u"concurrency"_s, Texts::tr("How many calls run at a time (8)."), u"N"_s, u"8"_s});
    parser.addOption({u"no-confidence"_s, Texts::tr("Does not ask for log-probabilities.")});
    parser.addOption(
        {u"out"_s, Texts::tr("Writes the data set as an outcome file at the end."), u"FILE"_s});
    addBackendOptions(parser);
    parser.addOption(jsonOption());
    parser.addOption(ledgerOption());
    parser.addOption(datasetsOption());
}

std::optional<int> readGrader(const QCommandLineParser &parser, RecordOptions &options)
{
    if (!parser.isSet(u"grader"_s))
        return std::nullopt;
    const QString text = parser.value(u"grader"_s).trimmed();
    Json grader{{"kind", toStdString(text)}};
    if (text.startsWith(u'{')) {
        auto parsed = parseJson(text.toUtf8());
        if (!parsed)
            return wrongUsage(Texts::tr("--grader: %1").arg(parsed.error().message));
        grader = std::move(*parsed);
    }
    if (const auto made = evaluation::builtinGraders().create(grader); !made)
        return wrongUsage(Texts::tr("--grader: %1").arg(made.error().message));
    options.grader = std::move(grader);
    return std::nullopt;
}

std::optional<int> readRecordOptions(const QCommandLineParser &parser, RecordOptions &options)
{
    const QStringList files = parser.positionalArguments().mid(1);
    if (files.size() != 1)
        return wrongUsage(Texts::tr("record takes one policy file."));
    options.policy = files.first();
    options.dataset = parser.value(u"dataset"_s);
    if (options.dataset.isEmpty())
        return wrongUsage(Texts::tr("record needs --dataset NAME."));
    options.import = parser.value(u"import"_s);
    options.models = parser.values(u"model"_s);
    options.confidence = !parser.isSet(u"no-confidence"_s);
    options.out = parser.value(u"out"_s);
    options.json = parser.isSet(u"json"_s);
    if (parser.isSet(u"cap-usd"_s)) {
        const auto cap = Money::fromDecimal(parser.value(u"cap-usd"_s));
        if (!cap || *cap <= Money())
            return wrongUsage(Texts::tr("--cap-usd is an amount in USD above 0, such as 0.50."));
        options.cap = *cap;
    }
    if (parser.isSet(u"most"_s)) {
        const auto most = numberOf(parser, u"most"_s, 1, kMostRecordedPrompts);
        if (!most)
            return ExitCode::WrongUsage;
        options.mostPrompts = *most;
    }
    const auto concurrency = numberOf(parser, u"concurrency"_s, 1, kMostAtATime);
    if (!concurrency)
        return ExitCode::WrongUsage;
    options.concurrency = *concurrency;
    if (const auto code = checkBackendOptions(parser))
        return code;
    return readGrader(parser, options);
}

// Makes the data set of the file; the columns are those that their names tell.
Result<> importFirst(const RecordOptions &options, DatasetStore &store)
{
    const auto preview = evaluation::previewImport(options.import);
    if (!preview)
        return tl::unexpected(preview.error());
    const evaluation::ImportRequest request{.path = options.import,
                                            .mapping = preview->guess,
                                            .name = options.dataset,
                                            .grader = options.grader.value_or(Json::object())};
    const auto report = evaluation::importDataset(request, store);
    if (!report)
        return tl::unexpected(report.error());
    if (report->dataset)
        return {};
    QStringList lines{Texts::tr("“%1” was not imported:").arg(options.import)};
    for (const evaluation::RowProblem &problem : report->problems)
        lines.append(Texts::tr("row %1: %2").arg(problem.row).arg(problem.message));
    return fail(ErrorCode::InvalidInput, lines.join(u'\n'));
}

Result<DatasetSummary> findDataset(const RecordOptions &options, const DatasetStore &store)
{
    const auto all = store.datasets();
    if (!all)
        return tl::unexpected(all.error());
    QStringList names;
    for (const DatasetSummary &each : *all) {
        if (each.name == options.dataset)
            return each;
        names.append(each.name);
    }
    return fail(ErrorCode::NotFound,
                names.isEmpty()
                    ? Texts::tr("There are no data sets yet. Make one with --import FILE.")
                    : Texts::tr("There is no data set “%1”. There are: %2.")
                          .arg(options.dataset, names.join(", "_L1)));
}

// The data set as it is to be recorded.
Result<DatasetSummary> prepareDataset(const RecordOptions &options, DatasetStore &store)
{
    if (!options.import.isEmpty()) {
        if (auto imported = importFirst(options, store); !imported)
            return tl::unexpected(std::move(imported.error()));
    }
    auto dataset = findDataset(options, store);
    if (!dataset || !options.grader || dataset->grader == *options.grader)
        return dataset;
    if (auto set = store.setGrader(dataset->id, *options.grader); !set)
        return tl::unexpected(std::move(set.error()));
    dataset->grader = *options.grader;
    return dataset;
}

evaluation::Ask askThrough(Backends &backends, Recorder &recorder, QObject &context)
{
    return [&](const evaluation::Asking &asking) {
        auto task = backends.runner().run(
            asking.policy, asking.query, asking.stop,
            [&recorder](const engine::RunEvent &event) {
                if (event.kind == engine::RunEvent::Kind::Begun)
                    recorder.begin(*event.run);
            },
            engine::RunOrigin::Recorded);
        QCoro::connect(std::move(task), &context,
                       [&recorder, done = asking.done](const engine::RunTrace &trace) {
                           recorder.record(trace);
                           done(trace);
                       });
    };
}

QString progressLine(const evaluation::RecordingProgress &progress, qint64 total)
{
    if (progress.waited.count() > 0)
        return Texts::tr("%1 of %2 outcomes; waiting for another program that writes to the data "
                         "sets, %3 s")
            .arg(progress.kept)
            .arg(total)
            .arg(progress.waited.count() / 1000);
    return Texts::tr("%1 of %2 outcomes, %3 failed, %4 spent")
        .arg(progress.kept)
        .arg(total)
        .arg(progress.failed)
        .arg(dollars(progress.spent));
}

QCoro::Task<RecordingReport> runRecording(const QString &path, evaluation::RecordingPlan plan,
                                          Backends &backends, Recorder &recorder, qint64 total)
{
    Interrupt interrupt;
    Progress progress;
    QObject context;
    evaluation::Recording recording(path, std::move(plan), backends.catalog(),
                                    QDateTime::currentDateTimeUtc().date(),
                                    askThrough(backends, recorder, context));
    QObject::connect(&recording, &evaluation::Recording::progressed, &recording, [&] {
        progress.show(progressLine(recording.progress(), total));
        if (recorder.failed()) // what is spent could not be recorded
            recording.stop();
    });
    const std::stop_callback onInterrupt(interrupt.token(), [&recording] { recording.stop(); });
    recording.start();
    auto ending = qCoro(&recording, &evaluation::Recording::ended);
    const RecordingReport report = co_await ending;
    progress.clear();
    co_return report;
}

int exitCodeOf(const RecordingReport &report)
{
    switch (report.end) {
    case RecordingReport::End::Stopped:
        return ExitCode::Interrupted;
    case RecordingReport::End::Failed:
        return ExitCode::InputProblem;
    case RecordingReport::End::Done:
    case RecordingReport::End::CapReached:
        break;
    }
    return report.progress.failed > 0 ? ExitCode::ProviderFailure : ExitCode::Done;
}

// Of everything after the estimate.
struct Recordable
{
    evaluation::RecordingPlan plan;
    evaluation::RecordingEstimate estimate;
    bool graded = false;
};

QCoro::Task<int> recordAll(RecordOptions options, Recordable work, const QString &path,
                           Backends &backends, Recorder &recorder)
{
    const qint64 total = work.estimate.calls + work.estimate.reused;
    auto task = runRecording(path, work.plan, backends, recorder, total);
    const RecordingReport report = co_await task;
    if (options.json)
        print(Json{{"estimate", estimateJson(work.estimate)}, {"recording", reportJson(report)}});
    else
        print(reportText(report));
    co_return recorder.failed() ? int(ExitCode::InputProblem) : exitCodeOf(report);
}

Result<Recordable> planFor(const RecordOptions &options, const policy::PolicyDocument &document,
                           DatasetStore &store, const Backends &backends)
{
    const auto dataset = prepareDataset(options, store);
    if (!dataset)
        return tl::unexpected(dataset.error());
    auto plan = evaluation::planRecording(document, options.models, *dataset);
    if (!plan)
        return tl::unexpected(std::move(plan.error()));
    plan->cap = options.cap;
    plan->mostPrompts = options.mostPrompts;
    plan->concurrency = options.concurrency;
    plan->confidence = options.confidence;
    auto estimate = evaluation::estimateRecording(store, *plan, backends.catalog(),
                                                  QDateTime::currentDateTimeUtc().date(), {});
    if (!estimate)
        return tl::unexpected(std::move(estimate.error()));
    return Recordable{std::move(*plan), std::move(*estimate), !dataset->grader.empty()};
}

Result<> writeOutcomes(const DatasetStore &store, evaluation::DatasetId id, const QString &path)
{
    if (path.isEmpty())
        return {};
    return evaluation::exportOutcomes(store, id, path).map([&path](qint64 prompts) {
        tell(Texts::tr("%1 prompts are in %2.").arg(prompts).arg(path));
    });
}

} // namespace

int recordCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    addRecordOptions(parser);
    if (const auto code = parse(parser, arguments))
        return *code;
    RecordOptions options;
    if (const auto code = readRecordOptions(parser, options))
        return *code;
    const auto refuse = [](const Error &error) {
        tell(error.message);
        return ExitCode::InputProblem;
    };
    const auto loaded = loadPolicy(options.policy);
    if (!loaded)
        return refuse(loaded.error());
    Backends backends;
    if (const auto connected = connectBackends(parser, loaded->document, backends); !connected)
        return refuse(connected.error());
    const QString path = datasetsPath(parser);
    const auto store = DatasetStore::open(path);
    if (!store)
        return refuse(store.error());
    auto work = planFor(options, loaded->document, **store, backends);
    if (!work)
        return refuse(work.error());
    int code = ExitCode::Done;
    if (!options.json)
        print(estimateText(work->estimate, work->graded));
    if (!options.cap) {
        if (options.json)
            print(Json{{"estimate", estimateJson(work->estimate)}});
        tell(Texts::tr("Nothing was asked. Add --cap-usd AMOUNT to record."));
    } else {
        auto recorder = Recorder::open(ledgerPath(parser), loaded->document);
        if (!recorder)
            return refuse(recorder.error());
        code = finish(recordAll(options, *work, path, backends, *recorder));
    }
    const auto written = writeOutcomes(**store, work->plan.dataset, options.out);
    return written ? code : int(refuse(written.error()));
}

} // namespace headgate::cli
