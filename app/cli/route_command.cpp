#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/text_table.h"
#include "app/cli/texts.h"
#include "app/cli/trained_router.h"

#include <chrono>

namespace headgate::cli {

using namespace Qt::StringLiterals;
using learning::PromptModel;

namespace {

constexpr int kReasons = 5;
// A decision takes microseconds: the mean of a few is read, the first, which warms up, left out.
constexpr int kTimedDecisions = 20;

struct Decision
{
    learning::Prediction prediction;
    qsizetype output = 0;
    QList<learning::Reason> why;
    double microseconds = 0;
};

Decision decide(const PromptModel &model, const QString &prompt)
{
    Decision decision;
    decision.prediction = model.predict({.prompt = prompt});
    const auto begun = std::chrono::steady_clock::now();
    for (int time = 0; time < kTimedDecisions; ++time)
        decision.prediction = model.predict({.prompt = prompt});
    const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begun;
    decision.microseconds = took.count() / kTimedDecisions;
    const std::vector<double> &values = decision.prediction.values;
    decision.output = std::max_element(values.begin(), values.end()) - values.begin();
    decision.why = model.explain({.prompt = prompt}, decision.output, kReasons);
    return decision;
}

Json decisionJson(const TrainedFile &trained, const Decision &decision)
{
    const QStringList &outputs = trained.model->outputs();
    Json values = Json::object();
    for (qsizetype output = 0; output < outputs.size(); ++output)
        values[toStdString(outputs[output])] = decision.prediction.values[size_t(output)];
    Json why = Json::array();
    for (const learning::Reason &reason : decision.why)
        why.push_back({{"text", toStdString(reason.text)}, {"weight", reason.weight}});
    const bool isLabel = trained.model->kind() == learning::TargetKind::Labels;
    return {{"kind", toStdString(trained.artifact.kind)},
            {"decision", toStdString(outputs[decision.output])},
            {isLabel ? "probabilities" : "expected_qualities", std::move(values)},
            {"why", std::move(why)},
            {"familiarity", decision.prediction.familiarity},
            {"decision_us", decision.microseconds}};
}

QString decisionText(const TrainedFile &trained, const Decision &decision)
{
    const QStringList &outputs = trained.model->outputs();
    const bool isLabel = trained.model->kind() == learning::TargetKind::Labels;
    TextTable table({{isLabel ? Texts::tr("Label") : Texts::tr("Model")},
                     {isLabel ? Texts::tr("Probability") : Texts::tr("Expected quality"),
                      TextTable::Align::Right}});
    for (qsizetype output = 0; output < outputs.size(); ++output)
        table.addRow(
            {outputs[output], QString::number(decision.prediction.values[size_t(output)], 'f', 4)});
    QStringList lines{
        Texts::tr("Decision     %1").arg(outputs[decision.output]),
        Texts::tr("Familiarity  %1").arg(QString::number(decision.prediction.familiarity, 'f', 3)),
        Texts::tr("Took         %1 us").arg(QString::number(decision.microseconds, 'f', 1)),
        QString(), table.text()};
    if (!decision.why.isEmpty()) {
        TextTable why({{Texts::tr("Why")}, {Texts::tr("Weight"), TextTable::Align::Right}});
        for (const learning::Reason &reason : decision.why)
            why.addRow({shortened(reason.text, 60), QString::number(reason.weight, 'f', 3)});
        lines << QString() << why.text();
    }
    return lines.join(u'\n');
}

} // namespace

int routeCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Texts::tr("Tells where a trained router sends a prompt, how surely, and why."));
    parser.addPositionalArgument(u"route"_s, {}, u"route ARTIFACT --prompt TEXT"_s);
    parser.addOption({u"prompt"_s, Texts::tr("The prompt."), u"TEXT"_s});
    parser.addOption(jsonOption());
    if (const auto code = parse(parser, arguments))
        return *code;
    const QStringList files = parser.positionalArguments().mid(1);
    if (files.size() != 1)
        return wrongUsage(Texts::tr("route takes one artifact."));
    if (!parser.isSet(u"prompt"_s))
        return wrongUsage(Texts::tr("route needs --prompt TEXT."));
    const auto trained = readTrainedRouter(files.front());
    if (!trained) {
        tell(trained.error().message);
        return ExitCode::InputProblem;
    }
    const Decision decision = decide(*trained->model, parser.value(u"prompt"_s));
    if (parser.isSet(u"json"_s))
        print(decisionJson(*trained, decision));
    else
        print(decisionText(*trained, decision));
    return ExitCode::Done;
}

} // namespace headgate::cli
