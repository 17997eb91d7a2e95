#include "app/cli/background_work.h"
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/metrics_report.h"
#include "app/cli/outcome_options.h"
#include "app/cli/texts.h"
#include "app/cli/trained_router.h"

#include "core/evaluation/metrics/reference_routers.h"
#include "core/evaluation/metrics/router_scores.h"
#include "core/evaluation/training/part_report.h"

#include <QFileInfo>

namespace headgate::cli {

using namespace Qt::StringLiterals;
using evaluation::OutcomeTable;
using evaluation::Part;

namespace {

struct MetricsOptions
{
    QString outcomes;
    QString strong;
    QString weak;
    QString baseline;
    QString router;
    bool isTrained = false; // the router is an artifact
    QString split;
    std::optional<Part> part; // none: all rows
    std::optional<double> strongShare;
    QHash<QString, Money> costPerCall;
    quint64 seed = 1;
};

void addMetricsOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        Texts::tr("Measures a router between two models on measured outcomes: the call-performance "
                  "curve, APGR and CPT as RouteLLM defines them, AIQ beside its zero router and "
                  "null, and each model alone, all with n and 95 % intervals."));
    parser.addPositionalArgument(u"metrics"_s, {},
                                 u"metrics --outcomes FILE --strong MODEL --weak MODEL"_s);
    parser.addOptions(
        {{u"strong"_s, Texts::tr("The better, dearer model."), u"MODEL"_s},
         {u"weak"_s, Texts::tr("The cheaper model."), u"MODEL"_s},
         {u"baseline"_s, Texts::tr("The model that savings are counted against (the strong one)."),
          u"MODEL"_s},
         {u"router"_s,
          Texts::tr("random, oracle, what “train” wrote, or a file of JSON lines {\"id\", "
                    "\"score\"}: the higher, the rather to the strong model (random)."),
          u"ROUTER"_s, u"random"_s},
         {u"split"_s, Texts::tr("The prompts to use: all, train, validation or test (all)."),
          u"PART"_s, u"all"_s}});
    parser.addOption({u"strong-share"_s,
                      Texts::tr("Tell the threshold that sends this share to the strong model."),
                      u"SHARE"_s});
    addOutcomeOptions(parser);
}

std::optional<int> readMetricsOptions(const QCommandLineParser &parser, MetricsOptions &options)
{
    if (parser.positionalArguments().size() != 1)
        return wrongUsage(Texts::tr("metrics takes options only."));
    options.outcomes = parser.value(u"outcomes"_s);
    options.strong = parser.value(u"strong"_s);
    options.weak = parser.value(u"weak"_s);
    if (options.outcomes.isEmpty() || options.strong.isEmpty() || options.weak.isEmpty())
        return wrongUsage(
            Texts::tr("metrics needs --outcomes FILE, --strong MODEL and --weak MODEL."));
    if (options.strong == options.weak)
        return wrongUsage(Texts::tr("--strong and --weak must be two models."));
    options.baseline = parser.isSet(u"baseline"_s) ? parser.value(u"baseline"_s) : options.strong;
    options.router = parser.value(u"router"_s);
    options.isTrained = isArtifactFile(options.router);
    if (parser.isSet(u"strong-share"_s)) {
        options.strongShare = decimalOf(parser, u"strong-share"_s, 0, 1);
        if (!options.strongShare)
            return ExitCode::WrongUsage;
    }
    options.split = parser.value(u"split"_s);
    const QMap<QString, std::optional<Part>> parts{{u"all"_s, std::nullopt},
                                                   {u"train"_s, Part::Train},
                                                   {u"validation"_s, Part::Validation},
                                                   {u"test"_s, Part::Test}};
    if (!parts.contains(options.split))
        return wrongUsage(Texts::tr("--split is all, train, validation or test."));
    options.part = parts.value(options.split);
    const auto seed = seedOf(parser);
    if (!seed)
        return ExitCode::WrongUsage;
    options.seed = *seed;
    return readCallCosts(parser, options.costPerCall);
}

Result<qsizetype> knownModel(const OutcomeTable &table, const QString &name)
{
    if (const qsizetype index = table.modelIndex(name); index >= 0)
        return index;
    QStringList known;
    for (const evaluation::ModelColumns &model : table.models)
        known.append(model.name);
    return fail(
        ErrorCode::NotFound,
        Texts::tr("The outcomes hold no model “%1”; known: %2.").arg(name, known.join(u", "_s)));
}

Result<evaluation::RouterQuestion> questionOf(const OutcomeTable &table,
                                              const MetricsOptions &options)
{
    for (const QString &model : options.costPerCall.keys()) {
        if (const auto known = knownModel(table, model); !known)
            return tl::unexpected(known.error());
    }
    evaluation::RouterQuestion question;
    for (const auto &[place, name] :
         {std::pair(&question.strong, options.strong), std::pair(&question.weak, options.weak),
          std::pair(&question.baseline, options.baseline)}) {
        const auto index = knownModel(table, name);
        if (!index)
            return tl::unexpected(index.error());
        *place = *index;
    }
    question.bootstrap.seed = options.seed;
    return question;
}

// Its scores by row of the table; how much the prompts are like those that it was trained on.
Result<std::vector<double>> trainedScores(const OutcomeTable &table, const MetricsOptions &options,
                                          std::span<const qint32> rows, MetricsReport &report,
                                          std::stop_token stop)
{
    const auto trained = readTrainedRouter(options.router);
    if (!trained)
        return tl::unexpected(trained.error());
    const auto predictions = predictTable(*trained->model, table, stop);
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled, Texts::tr("Stopped."));
    double unfamiliar = 0;
    for (const qint32 row : rows)
        unfamiliar += predictions.familiarity[size_t(row)] < evaluation::kUnfamiliar;
    report.unfamiliarShare = unfamiliar / double(rows.size());
    return evaluation::pairScores(predictions, options.strong, options.weak);
}

// The rows that can be compared, each with the router's score.
Result<evaluation::PairedOutcomes> scoredRows(const OutcomeTable &table,
                                              std::span<const qint32> rows,
                                              const evaluation::RouterQuestion &question,
                                              const MetricsOptions &options, MetricsReport &report,
                                              std::stop_token stop)
{
    const auto paired = [&](std::span<const double> scores) {
        return evaluation::pairOutcomes(table, rows, question.strong, question.weak, scores);
    };
    if (options.isTrained)
        return trainedScores(table, options, rows, report, std::move(stop)).map(paired);
    if (options.router == "random"_L1 || options.router == "oracle"_L1) {
        auto found = paired({});
        found.score = options.router == "random"_L1
                          ? evaluation::randomScores(qsizetype(found.rows.size()), options.seed)
                          : evaluation::oracleScores(found.strong, found.weak);
        return found;
    }
    const auto scores = evaluation::readRouterScores(options.router, table);
    if (!scores)
        return tl::unexpected(scores.error());
    report.unknownIds = scores->unknownIds;
    return paired(scores->score);
}

Result<> measure(const MetricsOptions &options, MetricsReport &report, std::stop_token stop,
                 Progress &progress)
{
    const auto table =
        loadOutcomes(options.outcomes, {.prompts = options.isTrained, .answers = false},
                     options.costPerCall, progress, stop);
    if (!table)
        return tl::unexpected(table.error());
    const auto question = questionOf(*table, options);
    if (!question)
        return tl::unexpected(question.error());
    const auto rows = options.part ? table->rowsOf(*options.part) : table->allRows();
    auto paired = scoredRows(*table, rows, *question, options, report, stop);
    if (!paired)
        return tl::unexpected(paired.error());
    report.prompts = qsizetype(rows.size());
    report.paired = std::move(*paired);
    if (report.paired.rows.empty())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("No prompt has an outcome of both models and a score."));
    if (options.strongShare)
        report.calibrated =
            evaluation::calibrateThreshold(report.paired.score, *options.strongShare);
    for (qsizetype model = 0; model < qsizetype(table->models.size()); ++model) {
        progress.show(Texts::tr("Measuring %1").arg(table->models[size_t(model)].name));
        report.models.append(evaluation::modelFigures(*table, rows, model, question->bootstrap));
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, Texts::tr("Stopped."));
    }
    progress.show(Texts::tr("Measuring the router"));
    report.figures = evaluation::evaluateRouter(*table, report.paired, *question);
    return {};
}

} // namespace

int metricsCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    addMetricsOptions(parser);
    if (const auto code = parse(parser, arguments))
        return *code;
    MetricsOptions options;
    if (const auto code = readMetricsOptions(parser, options))
        return *code;
    MetricsReport report;
    report.outcomes = QFileInfo(options.outcomes).fileName();
    report.split = options.split;
    report.router = options.router;
    report.seed = options.seed;
    report.strong = options.strong;
    report.weak = options.weak;
    report.baseline = options.baseline;
    const int code = runInBackground([&](std::stop_token stop, Progress &progress) {
        return measure(options, report, std::move(stop), progress);
    });
    if (code != ExitCode::Done)
        return code;
    if (parser.isSet(u"json"_s))
        print(metricsJson(report));
    else
        print(metricsText(report));
    return code;
}

} // namespace headgate::cli
