#include "tests/cli/outcome_files.h"

#include "core/evaluation/line_source.h"

#include <QFile>
#include <QRandomGenerator>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace headgate::test {

Lines linesOf(const QString &path)
{
    auto source = evaluation::LineSource::open(path);
    if (!source)
        qFatal("%s", qPrintable(source.error().message));
    Lines lines;
    for (;;) {
        const auto line = source->next();
        if (!line || !*line)
            return lines;
        lines.push_back(Json::parse((*line)->begin(), (*line)->end()));
    }
}

Lines partOf(const Lines &lines, evaluation::Part part)
{
    Lines found;
    std::copy_if(lines.begin(), lines.end(), std::back_inserter(found), [part](const Json &line) {
        return evaluation::partOf(line.at("prompt").get_ref<const std::string &>()) == part;
    });
    return found;
}

Means walk(const Lines &lines, const Json &models, const Json &thresholds)
{
    Means sums;
    for (const Json &line : lines) {
        for (size_t stage = 0; stage < models.size(); ++stage) {
            const Json &outcome = line.at("models").at(models[stage].get<std::string>());
            sums.costPer1k += outcome.at("cost_usd").get<double>();
            if (stage + 1 < models.size()) {
                sums.costPer1k += outcome.value("check_cost_usd", 0.0);
                const auto confidence = double(outcome.at("confidence").get<float>());
                if (std::exp(confidence) < thresholds[stage].get<double>())
                    continue;
            }
            sums.quality += outcome.at("quality").get<double>();
            break;
        }
    }
    return {sums.quality / double(lines.size()), 1'000 * sums.costPer1k / double(lines.size())};
}

double valueOf(const Json &estimate)
{
    return estimate.at("value").get<double>();
}

bool isNear(double a, double b)
{
    return std::abs(a - b) < 1e-6;
}

QByteArray surelyToldOutcomes(int rows, quint32 seed)
{
    QRandomGenerator random(seed);
    QByteArray text;
    for (int row = 0; row < rows; ++row) {
        const bool easy = random.bounded(2) == 0;
        const double score =
            easy ? 0.8 + random.bounded(19) / 100.0 : 0.2 + random.bounded(50) / 100.0;
        const Json line{{"id", row},
                        {"prompt", "prompt " + std::to_string(seed) + "/" + std::to_string(row)},
                        {"models",
                         {{"gpt-4o-mini",
                           {{"quality", easy ? 1 : 0},
                            {"cost_usd", 0.001},
                            {"check_cost_usd", 0.00001},
                            {"confidence", std::log(score)},
                            {"latency_ms", 20 + random.bounded(9)}}},
                          {"home-made",
                           {{"quality", random.bounded(10) > 0 ? 1 : 0},
                            {"cost_usd", 0.02},
                            {"latency_ms", 200 + random.bounded(99)}}}}}};
        text += compactJson(line) + '\n';
    }
    return text;
}

QString sharedOutcomes(const QString &name)
{
    return QStringLiteral(HEADGATE_SHARED_DATA "/%1.jsonl.gz").arg(name);
}

QString CtlFolder::put(const QString &name, const QByteArray &text) const
{
    QFile file(at(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("%s was not written", qPrintable(name));
    return at(name);
}

QString CtlFolder::single(const QString &model) const
{
    const std::string name = model.toStdString();
    Json document = Json::parse(R"({
  "format": "headgate.policy", "version": 1, "name": "One", "baseline": "", "models": {},
  "nodes": [{"id": "q", "kind": "query", "at": [0, 0]},
            {"id": "m", "kind": "model", "at": [0, 0], "config": {}},
            {"id": "a", "kind": "answer", "at": [0, 0]}],
  "wires": [["q", "query", "m"], ["m", "answer", "a"]]})");
    document["models"][name] = {{"provider", "p"}, {"model", name}};
    document["nodes"][1]["config"]["model"] = name;
    return put(u"one.headgate"_s, formatJson(document));
}

} // namespace headgate::test
