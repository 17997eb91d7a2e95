// Reading outcomes, replaying policies over them and searching all cascades, each beside plain work
// of the same size in the same run, on a generated table of 36,497 prompts x 11 models.

#include "core/evaluation/line_source.h"
#include "core/evaluation/optimizer/cascade_policy.h"
#include "core/evaluation/optimizer/cascade_search.h"
#include "core/evaluation/outcome_builder.h"
#include "core/evaluation/outcome_reader.h"
#include "core/evaluation/replay.h"
#include "core/scorers/scorer.h"

#include <QRandomGenerator>
#include <QTemporaryDir>

#include <chrono>
#include <cmath>
#include <cstdio>

using namespace headgate;
using namespace headgate::evaluation;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kRows = 36'497;
constexpr int kModels = 11;

volatile qint64 g_sink = 0; // what is computed must be used

template<typename Work>
double seconds(int rounds, Work work)
{
    using Clock = std::chrono::steady_clock;
    double best = std::numeric_limits<double>::max();
    for (int round = 0; round < rounds; ++round) {
        const auto start = Clock::now();
        work();
        best = std::min(best, std::chrono::duration<double>(Clock::now() - start).count());
    }
    return best;
}

Outcome randomOutcome(QRandomGenerator &random, int model, double difficulty)
{
    Outcome outcome;
    const double skill = 0.3 + 0.06 * model;
    const double sure =
        std::clamp(skill - difficulty + 0.5 + (random.generateDouble() - 0.5) / 2, 0.001, 1.0);
    outcome.quality = random.generateDouble() < sure ? 1 : 0;
    outcome.cost = Money::fromNanos(qint64(1'000 * std::pow(1.7, model)) + random.bounded(500));
    outcome.checkCost = Money::fromNanos(100);
    outcome.confidence = std::log(sure);
    outcome.latencyMs = 50.0 * (model + 1) + random.bounded(100);
    return outcome;
}

OutcomeTable generatedTable(qsizetype rows)
{
    QRandomGenerator random(1);
    OutcomeBuilder builder;
    for (qsizetype row = 0; row < rows; ++row) {
        const QByteArray id = "prompt " + QByteArray::number(row);
        const double difficulty = random.generateDouble();
        bool ok = builder.addRow(id, id, {}).has_value();
        for (int model = 0; model < kModels; ++model)
            ok = ok && builder.add("model-" + QByteArray::number(model),
                                   randomOutcome(random, model, difficulty));
        if (!ok)
            qFatal("a generated outcome was refused");
    }
    return builder.take();
}

policy::Model deployment(const QString &name)
{
    policy::Model model;
    model.provider = u"local"_s;
    model.model = name;
    return model;
}

// The same three-stage cascade as a loop over the columns, with nothing around it.
qint64 plainPass(const CascadeColumns &columns, const Cascade &cascade)
{
    const CascadeColumn &a = columns.models[size_t(cascade.model[0])];
    const CascadeColumn &b = columns.models[size_t(cascade.model[1])];
    const CascadeColumn &c = columns.models[size_t(cascade.model[2])];
    qint64 cost = 0;
    qint64 quality = 0;
    for (size_t row = 0; row < columns.rows.size(); ++row) {
        const bool second = !(a.score[row] >= cascade.threshold[0]);
        const bool third = second && !(b.score[row] >= cascade.threshold[1]);
        cost += a.cost[row] + a.checkCost[row] + (second ? b.cost[row] + b.checkCost[row] : 0) +
                (third ? c.cost[row] : 0);
        quality += third ? c.quality[row] : second ? b.quality[row] : a.quality[row];
    }
    return cost + quality;
}

// The same with what each row came to kept, as a replay keeps it.
qint64 plainKeepingPass(const CascadeColumns &columns, const Cascade &cascade)
{
    const size_t rows = columns.rows.size();
    std::vector<qint32> answered(rows);
    std::vector<qint64> quality(rows);
    std::vector<qint64> cost(rows);
    std::vector<qint64> latency(rows);
    for (size_t row = 0; row < rows; ++row) {
        for (int stage = 0; stage < cascade.stages; ++stage) {
            const CascadeColumn &model = columns.models[size_t(cascade.model[size_t(stage)])];
            const bool last = stage + 1 == cascade.stages;
            cost[row] += model.cost[row] + (last ? 0 : model.checkCost[row]);
            latency[row] += model.latency[row];
            if (last || model.score[row] >= cascade.threshold[size_t(stage)]) {
                answered[row] = cascade.model[size_t(stage)];
                quality[row] = model.quality[row];
                break;
            }
        }
    }
    return cost.back() + quality.back() + latency.back() + answered.back();
}

void benchmarkReplay(const OutcomeTable &table, const CascadeColumns &columns,
                     const Cascade &cascade)
{
    const auto document = cascadePolicy(columns, cascade, {}, deployment);
    const auto policy = engine::PreparedPolicy::prepare(document, routers::builtinRouters(),
                                                        scorers::builtinScorers());
    const auto inputs = bindReplay(**policy, table);
    const double plain = seconds(20, [&] { g_sink = g_sink + plainPass(columns, cascade); });
    const double byColumns = seconds(20, [&] {
        g_sink = g_sink + replay((*policy)->compiled(), *inputs, columns.rows).cost.front();
    });
    const double byMachine = seconds(3, [&] {
        g_sink =
            g_sink + replayByMachine((*policy)->compiled(), *inputs, columns.rows).cost.front();
    });
    const double keeping =
        seconds(20, [&] { g_sink = g_sink + plainKeepingPass(columns, cascade); });
    std::printf("%-52s %10.3f ms   %-34s %8.3f ms   ratio %.2f\n",
                "replay of a drawn cascade, every row's outcome kept", byColumns * 1e3,
                "a plain pass that keeps them", keeping * 1e3, byColumns / keeping);
    std::printf("%-52s %10.3f ms   %-34s %8.3f ms   ratio %.2f\n", "", byColumns * 1e3,
                "a plain pass that adds up", plain * 1e3, byColumns / plain);
    std::printf("%-52s %10.3f ms   %-34s %8.3f ms   ratio %.2f\n", "the machine on every row",
                byMachine * 1e3, "replay by columns", byColumns * 1e3, byMachine / byColumns);
}

void benchmarkSearch(const OutcomeTable &table, const CascadeColumns &columns,
                     const Cascade &cascade)
{
    qint64 searched = 0;
    const double search = seconds(3, [&] {
        const auto front = searchCascades(columns, {.grid = 101});
        searched = front->searched;
        g_sink = g_sink + qint64(front->points.size());
    });
    const auto document = cascadePolicy(columns, cascade, {}, deployment);
    const auto policy = engine::PreparedPolicy::prepare(document, routers::builtinRouters(),
                                                        scorers::builtinScorers());
    const auto inputs = bindReplay(**policy, table);
    const double naive = seconds(5, [&] {
        g_sink =
            g_sink + replayByMachine((*policy)->compiled(), *inputs, columns.rows).cost.front();
    });
    const double walk = seconds(10, [&] { g_sink = g_sink + plainPass(columns, cascade); });
    std::printf("%-52s %10.1f ms   %lld cascades, %.1f ns each\n", "all cascades of three stages",
                search * 1e3, static_cast<long long>(searched), search * 1e9 / double(searched));
    std::printf("    %.0f x a loop of replays by the machine (extrapolated from one: %.1f ms)\n",
                naive * double(searched) / search, naive * 1e3);
    std::printf("    %.0f x a loop of plain passes (extrapolated from one: %.3f ms)\n",
                walk * double(searched) / search, walk * 1e3);
}

// What a slider asks for at each step: shares, cost and quality of one cascade.
void benchmarkDrag()
{
    const OutcomeTable table = generatedTable(100'000);
    const auto columns = cascadeColumns(table, table.allRows());
    Cascade cascade{.stages = 3, .model = {0, 4, 10}, .threshold = {0.5, 0.5}};
    const double each = seconds(20, [&] {
        cascade.threshold[0] = cascade.threshold[0] > 0.9 ? 0.1 : cascade.threshold[0] + 0.01;
        g_sink = g_sink + evaluateCascade(*columns, cascade).cost;
    });
    std::printf("%-52s %10.3f ms   of a frame of 16.7 ms: ratio %.3f\n",
                "a threshold dragged over 100,000 prompts", each * 1e3, each * 1e3 / 16.7);
}

void benchmarkImport()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"outcomes.jsonl"_s);
    constexpr qsizetype kPrompts = 91'000; // with 11 models: a million outcomes
    {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            qFatal("no place to write to");
        QRandomGenerator random(2);
        for (qsizetype row = 0; row < kPrompts; ++row) {
            QByteArray line = "{\"id\":\"" + QByteArray::number(row) + "\",\"prompt\":\"" +
                              QByteArray(200, char('a' + row % 26)) + QByteArray::number(row) +
                              "\",\"models\":{";
            for (int model = 0; model < kModels; ++model)
                line += QByteArray(model ? "," : "") + "\"model-" + QByteArray::number(model) +
                        "\":{\"quality\":" + (random.bounded(2) ? "1.0" : "0.0") +
                        ",\"cost_usd\":0.0000" + QByteArray::number(100 + random.bounded(900)) +
                        ",\"latency_ms\":" + QByteArray::number(random.bounded(2'000)) +
                        ",\"confidence\":-0." + QByteArray::number(random.bounded(1'000)) + "}";
            file.write(line + "}}\n");
        }
    }
    const double megabytes = double(QFileInfo(path).size()) / 1e6;
    qint64 bytes = 0;
    const double reading = seconds(3, [&] {
        const auto table = readOutcomes(path);
        g_sink = g_sink + table->rows;
        bytes = table->prompts.bytes() + table->ids.bytes();
    });
    const double lines = seconds(3, [&] {
        auto source = LineSource::open(path);
        while (const auto line = source->next().value_or(std::nullopt))
            g_sink = g_sink + line->size();
    });
    std::printf("%-52s %10.1f MB/s   %-34s %8.1f MB/s   ratio %.2f\n",
                "a million outcomes read into columns", megabytes / reading, "its lines alone",
                megabytes / lines, reading / lines);
    std::printf("    %.0f MB of file, %.0f MB of ids and prompts kept\n", megabytes,
                double(bytes) / 1e6);
}

} // namespace

int main()
{
    const OutcomeTable table = generatedTable(kRows);
    const auto columns = cascadeColumns(table, table.allRows());
    if (!columns)
        qFatal("%s", qPrintable(columns.error().message));
    const Cascade cascade{.stages = 3, .model = {0, 4, 10}, .threshold = {0.6, 0.7}};
    benchmarkReplay(table, *columns, cascade);
    benchmarkSearch(table, *columns, cascade);
    benchmarkDrag();
    benchmarkImport();
    return 0;
}
