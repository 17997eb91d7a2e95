// Deciding by what was learned on every row of a generated table of 36,497 prompts of 30 words,
// beside a rule of one keyword on the same rows in the same run.

#include "core/evaluation/outcome_builder.h"
#include "core/evaluation/router_ports.h"
#include "core/learning/artifact_file.h"
#include "core/routers/router_registry.h"

#include <QRandomGenerator>
#include <QTemporaryDir>

#include <chrono>
#include <cstdio>

using namespace headgate;
using namespace headgate::evaluation;
using namespace Qt::StringLiterals;

namespace {

constexpr int kRows = 36'497;
constexpr int kTrained = 2'000;
constexpr int kReferences = 60;

QString generatedPrompt(QRandomGenerator &random, int label)
{
    QStringList words;
    for (int word = 0; word < 30; ++word)
        words.append(u"w%1"_s.arg(random.bounded(3) == 0 ? 5000 + 300 * label + random.bounded(300)
                                                         : random.bounded(4000)));
    return words.join(u' ');
}

OutcomeTable generatedTable()
{
    QRandomGenerator random(1);
    OutcomeBuilder builder;
    for (int row = 0; row < kRows; ++row) {
        const QByteArray prompt = generatedPrompt(random, row % 3).toUtf8();
        if (!builder.addRow(QByteArray::number(row), prompt, {}))
            qFatal("the row was refused");
        for (const QByteArray model : {"small", "large"}) {
            if (!builder.add(model, {.quality = 1,
                                     .cost = Money::fromNanos(1000 + random.bounded(1000)),
                                     .latencyMs = 100 + random.bounded(100)}))
                qFatal("the outcome was refused");
        }
    }
    return builder.take();
}

learning::TrainingSet generatedSet(learning::TargetKind kind, const QStringList &outputs)
{
    QRandomGenerator random(2);
    learning::TrainingSet set;
    set.kind = kind;
    set.outputs = outputs;
    set.targets.columns = outputs.size();
    for (int row = 0; row < kTrained; ++row) {
        set.prompts.append(generatedPrompt(random, row % int(outputs.size())));
        for (int output = 0; output < outputs.size(); ++output)
            set.targets.values.push_back(output == row % outputs.size() ? 1.0F : 0.0F);
    }
    return set;
}

QString trainedFile(const learning::TrainingSet &set, const QString &folder)
{
    const auto learners = learning::builtinLearners();
    const auto artifact = (*learners.find(u"linear"_s))->train(set, Json::object(), {});
    if (!artifact)
        qFatal("%s", qPrintable(artifact.error().message));
    return learning::saveArtifact(*artifact, folder).value();
}

double secondsOf(const routers::RouterRegistry &routers, const QString &kind, const Json &config,
                 const QStringList &ports, const OutcomeTable &table)
{
    const auto router = routers.create(kind, config, ports);
    if (!router)
        qFatal("%s", qPrintable(router.error().message));
    double best = 1e9;
    for (int round = 0; round < 3; ++round) {
        const auto start = std::chrono::steady_clock::now();
        const auto taken = routerPorts(**router, kind, {}, table, {});
        best = std::min(
            best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
        if (!taken)
            qFatal("%s", qPrintable(taken.error().message));
    }
    return best;
}

} // namespace

int main()
{
    const OutcomeTable table = generatedTable();
    const QTemporaryDir folder;
    const learning::ArtifactShelf shelf(learning::builtinLearners(), {folder.path()});
    const auto routers = routers::builtinRouters(shelf);
    const QStringList labels{u"a"_s, u"b"_s, u"c"_s};
    const QStringList models{u"small"_s, u"large"_s};
    const QString classifier =
        trainedFile(generatedSet(learning::TargetKind::Labels, labels), folder.path());
    const QString qualities =
        trainedFile(generatedSet(learning::TargetKind::Qualities, models), folder.path());
    Json references = Json::array();
    QRandomGenerator random(3);
    for (int number = 0; number < kReferences; ++number)
        references.push_back({{"prompt", toStdString(generatedPrompt(random, number % 3))},
                              {"label", toStdString(labels[number % 3])}});

    const double rule = secondsOf(
        routers, u"rule"_s,
        {{"cases", Json::array({{{"name", "x"}, {"any_keyword", Json::array({"w5000"})}}})}},
        {u"x"_s, u"otherwise"_s}, table);
    const auto tell = [rule](const char *what, double took) {
        std::printf("%-44s %8.0f ms   %6.2f us a row   %5.1f x a rule of one keyword\n", what,
                    took * 1e3, took * 1e6 / kRows, took / rule);
    };
    tell("rule", rule);
    tell("classifier, logistic regression",
         secondsOf(routers, u"classifier"_s, {{"artifact", toStdString(classifier)}},
                   labels + QStringList{u"unsure"_s}, table));
    tell("nearest of 60 reference prompts",
         secondsOf(routers, u"nearest"_s, {{"references", references}},
                   labels + QStringList{u"unsure"_s}, table));
    tell("predictor, learned qualities",
         secondsOf(routers, u"predictor"_s,
                   {{"estimator", "learned"},
                    {"artifact", toStdString(qualities)},
                    {"willingness_usd", 0.01}},
                   models + QStringList{u"none"_s}, table));
    return 0;
}
