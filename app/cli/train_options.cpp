#include "app/cli/train_options.h"

#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/outcome_options.h"
#include "app/cli/texts.h"

namespace headgate::cli {

using namespace Qt::StringLiterals;
using evaluation::LabelSource;
using learning::TargetKind;

namespace {

constexpr int kMostTrained = 100'000'000;
constexpr int kMostNulls = 1'000;

QString kindNames()
{
    QStringList names;
    for (const LearnerName &each : learnerNames())
        names.append(each.name);
    return names.join(u", "_s);
}

std::optional<int> readKinds(const QCommandLineParser &parser, TrainOptions &options)
{
    for (const QString &name : parser.value(u"kind"_s).split(u',', Qt::SkipEmptyParts)) {
        const auto &all = learnerNames();
        const auto found = std::find_if(all.begin(), all.end(), [&](const LearnerName &each) {
            return each.name == name.trimmed();
        });
        if (found == all.end())
            return wrongUsage(
                Texts::tr("There is no --kind “%1”; known: %2.").arg(name, kindNames()));
        options.kinds.append(*found);
    }
    if (options.kinds.isEmpty())
        return wrongUsage(Texts::tr("train needs --kind, one or several of %1.").arg(kindNames()));
    const auto judges = [](const LearnerName &each) {
        return each.target == TargetKind::Rightness;
    };
    if (options.kinds.size() > 1 && std::any_of(options.kinds.begin(), options.kinds.end(), judges))
        return wrongUsage(
            Texts::tr("A scorer judges answers and cannot be compared with routers."));
    return std::nullopt;
}

std::optional<int> readPair(const QCommandLineParser &parser, TrainOptions &options)
{
    options.strong = parser.value(u"strong"_s);
    options.weak = parser.value(u"weak"_s);
    if (options.strong.isEmpty() != options.weak.isEmpty())
        return wrongUsage(Texts::tr("--strong and --weak go together."));
    if (!options.strong.isEmpty() && options.strong == options.weak)
        return wrongUsage(Texts::tr("--strong and --weak must be two models."));
    if (!parser.isSet(u"strong-share"_s))
        return std::nullopt;
    if (options.strong.isEmpty())
        return wrongUsage(Texts::tr("--strong-share needs --strong and --weak."));
    options.strongShare = decimalOf(parser, u"strong-share"_s, 0, 1);
    return options.strongShare ? std::nullopt : std::optional<int>(ExitCode::WrongUsage);
}

std::optional<int> readLabels(const QCommandLineParser &parser, TrainOptions &options)
{
    const QMap<QString, evaluation::NoneRight> rules{
        {u"cheapest"_s, evaluation::NoneRight::Cheapest},
        {u"dearest"_s, evaluation::NoneRight::Dearest},
        {u"left-out"_s, evaluation::NoneRight::LeftOut}};
    if (!rules.contains(parser.value(u"none-right"_s)))
        return wrongUsage(Texts::tr("--none-right is cheapest, dearest or left-out."));
    options.difficulty.noneRight = rules.value(parser.value(u"none-right"_s));
    const auto rightFrom = decimalOf(parser, u"right-from"_s, 0, 1);
    if (!rightFrom)
        return ExitCode::WrongUsage;
    options.difficulty.rightFrom = *rightFrom;
    const QString labels = parser.value(u"labels"_s);
    if (labels.isEmpty())
        return std::nullopt;
    options.labelSource = labels == "column"_L1   ? LabelSource::Label
                          : labels == "subset"_L1 ? LabelSource::Subset
                                                  : LabelSource::Difficulty;
    if (options.labelSource == LabelSource::Difficulty)
        options.difficulty.labels = labels.split(u',');
    return std::nullopt;
}

std::optional<int> readLearnerOptions(const QCommandLineParser &parser, TrainOptions &options)
{
    if (!parser.isSet(u"options"_s))
        return std::nullopt;
    auto parsed = parseJson(parser.value(u"options"_s).toUtf8());
    if (!parsed || !parsed->is_object())
        return wrongUsage(Texts::tr("--options is a JSON object, such as {\"k\": 20}."));
    options.learnerOptions = std::move(*parsed);
    return std::nullopt;
}

std::optional<int> readCounts(const QCommandLineParser &parser, TrainOptions &options)
{
    const auto limit = numberOf(parser, u"limit"_s, 0, kMostTrained);
    const auto nulls = limit ? numberOf(parser, u"nulls"_s, 0, kMostNulls) : std::nullopt;
    const auto seed = nulls ? seedOf(parser) : std::nullopt;
    if (!seed)
        return ExitCode::WrongUsage;
    options.limit = *limit;
    options.nulls = *nulls;
    options.seed = *seed;
    options.curve = parser.isSet(u"curve"_s);
    return std::nullopt;
}

} // namespace

void addTrainOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        Texts::tr("Trains routers or a scorer of answers on the train prompts of an outcome file, "
                  "chooses on validation, and reads the chosen one once on test, each beside what "
                  "the same learner makes of shuffled outcomes."));
    parser.addPositionalArgument(u"train"_s, {}, u"train --kind KIND --outcomes FILE"_s);
    parser.addOptions(
        {{u"kind"_s,
          Texts::tr("What is trained: %1; several, with commas, are compared.").arg(kindNames()),
          u"KIND"_s},
         {u"strong"_s, Texts::tr("Learn to choose between this better, dearer model…"), u"MODEL"_s},
         {u"weak"_s, Texts::tr("…and this cheaper one (between all models)."), u"MODEL"_s},
         {u"labels"_s,
          Texts::tr(
              "The labels of difficulty from easy to hard, with commas, or where the file has "
              "them: column (its “label”) or subset."),
          u"LABELS"_s},
         {u"none-right"_s,
          Texts::tr("What a prompt counts as that no model gets right: cheapest, dearest or "
                    "left-out (cheapest: paying more buys nothing there)."),
          u"RULE"_s, u"cheapest"_s},
         {u"right-from"_s, Texts::tr("The quality from which an answer is right (0.5)."),
          u"QUALITY"_s, u"0.5"_s},
         {u"limit"_s, Texts::tr("Train on so many prompts, drawn by the seed; 0: all (0)."), u"N"_s,
          u"0"_s},
         {u"embedder"_s, Texts::tr("Whose embeddings are read: lsa, which is trained along (lsa)."),
          u"NAME"_s, u"lsa"_s},
         {u"options"_s, Texts::tr("Options of the learner, as JSON."), u"JSON"_s},
         {u"nulls"_s, Texts::tr("How often to train on shuffled outcomes (5)."), u"N"_s, u"5"_s},
         {u"curve"_s, Texts::tr("Train on fewer prompts, too, for a learning curve.")},
         {u"strong-share"_s,
          Texts::tr("Tell the threshold that sends this share to the strong model."), u"SHARE"_s},
         {u"out"_s, Texts::tr("Where to write the artifact: a file, or a folder."), u"PATH"_s}});
    addOutcomeOptions(parser);
}

std::optional<int> readTrainOptions(const QCommandLineParser &parser, TrainOptions &options)
{
    if (parser.positionalArguments().size() != 1)
        return wrongUsage(Texts::tr("train takes options only."));
    options.outcomes = parser.value(u"outcomes"_s);
    if (options.outcomes.isEmpty())
        return wrongUsage(Texts::tr("train needs --outcomes FILE."));
    if (parser.value(u"embedder"_s) != "lsa"_L1)
        return wrongUsage(
            Texts::tr("--embedder “%1” is not known; lsa is.").arg(parser.value(u"embedder"_s)));
    options.out = parser.value(u"out"_s);
    options.json = parser.isSet(u"json"_s);
    for (const auto read : {readKinds, readPair, readLabels, readLearnerOptions, readCounts}) {
        if (const auto code = read(parser, options))
            return code;
    }
    return readCallCosts(parser, options.costPerCall);
}

Result<evaluation::TrainingJob> trainingJob(const TrainOptions &options,
                                            const evaluation::OutcomeTable &table)
{
    evaluation::TrainingJob job;
    std::vector<qsizetype> models;
    if (!options.strong.isEmpty()) {
        if (const auto known = checkModelsIn(table, {options.strong, options.weak}); !known)
            return tl::unexpected(known.error());
        job.pair =
            evaluation::ModelPair{table.modelIndex(options.strong), table.modelIndex(options.weak)};
        models = {job.pair->weak, job.pair->strong};
    }
    for (const LearnerName &kind : options.kinds) {
        evaluation::TargetRequest target{.kind = kind.target, .models = models};
        if (options.labelSource && kind.mayLearnLabels)
            target.kind = TargetKind::Labels;
        target.labels = options.labelSource.value_or(LabelSource::Difficulty);
        target.difficulty = options.difficulty;
        if (job.pair)
            target.steps = {{job.pair->weak}, {job.pair->strong}};
        job.contenders.push_back({.name = kind.name,
                                  .learner = kind.learner,
                                  .options = options.learnerOptions,
                                  .target = std::move(target)});
    }
    job.limit = options.limit;
    job.seed = options.seed;
    job.nulls = options.nulls;
    if (options.curve) {
        const auto train = qsizetype(table.rowsOf(evaluation::Part::Train).size());
        job.curve = evaluation::curveSizes(options.limit > 0 ? qMin(options.limit, train) : train);
    }
    if (options.kinds.front().target == TargetKind::Rightness)
        job.pair.reset();
    return job;
}

} // namespace headgate::cli
