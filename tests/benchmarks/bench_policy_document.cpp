// How long a large policy takes to load, to validate and to save, each beside the bare parsing of
// its JSON in the same run.

#include "core/policy/policy_format.h"
#include "core/policy/policy_validation.h"

#include <chrono>
#include <cstdio>

using namespace headgate;
using namespace headgate::policy;
using namespace Qt::StringLiterals;

namespace {

constexpr int kRules = 10'000;

volatile qsizetype g_sink = 0; // what is computed must be used

NodeId ruleId(int number)
{
    return {u"rule"_s + QString::number(number)};
}

// A chain of rules with five wires each: 50,000 wires, and every path is legal.
PolicyDocument largePolicy()
{
    PolicyDocument document;
    document.baseline = u"Heron"_s;
    document.models = {{.name = u"Heron"_s, .provider = u"p"_s, .model = u"heron"_s}};
    document.nodes.append({.id = {u"query"_s}, .kind = u"query"_s});
    document.wires.append({{u"query"_s}, u"query"_s, ruleId(0)});
    Json cases = Json::array();
    for (const char *name : {"a", "b", "c", "d"})
        cases.push_back({{"name", name}, {"min_length", 10}});
    for (int i = 0; i < kRules; ++i) {
        const NodeId next = i + 1 < kRules ? ruleId(i + 1) : NodeId{u"model"_s};
        document.nodes.append({.id = ruleId(i),
                               .kind = u"rule"_s,
                               .title = u"Rule %1"_s.arg(i),
                               .at = {i * 240.0, 40},
                               .config = Json{{"cases", cases}}});
        for (const QString &port : {u"a"_s, u"b"_s, u"c"_s, u"d"_s})
            document.wires.append({ruleId(i), port, {u"model"_s}});
        document.wires.append({ruleId(i), u"otherwise"_s, next});
    }
    document.nodes.append({.id = {u"model"_s},
                           .kind = u"model"_s,
                           .config = Json{{"model", "Heron"}, {"timeout_s", 30}}});
    document.nodes.append({.id = {u"answer"_s}, .kind = u"answer"_s});
    document.wires.append({{u"model"_s}, u"answer"_s, {u"answer"_s}});
    return document;
}

// The best of several rounds: what is slower was disturbed.
template<typename Work>
double milliseconds(Work work)
{
    using Clock = std::chrono::steady_clock;
    double best = std::numeric_limits<double>::max();
    for (int round = 0; round < 7; ++round) {
        const auto start = Clock::now();
        work();
        const std::chrono::duration<double, std::milli> taken = Clock::now() - start;
        best = std::min(best, taken.count());
    }
    return best;
}

void print(const char *what, double taken, double reference)
{
    std::printf("%-44s %8.1f ms   ratio %.2f\n", what, taken, taken / reference);
}

} // namespace

int main()
{
    const PolicyDocument document = largePolicy();
    const QByteArray text = formatPolicy(document);
    const auto loaded = parsePolicy(text);
    if (!loaded || !validate(loaded->document).isEmpty()) {
        std::fprintf(stderr, "The policy of the benchmark is not valid.\n");
        return 1;
    }
    std::printf("%lld nodes, %lld wires, %lld bytes\n", qlonglong(document.nodes.size()),
                qlonglong(document.wires.size()), qlonglong(text.size()));
    const double reference =
        milliseconds([&] { g_sink = qsizetype(Json::parse(text.begin(), text.end()).size()); });
    const double load = milliseconds([&] { g_sink = parsePolicy(text)->document.nodes.size(); });
    const double check = milliseconds([&] { g_sink = validate(document).size(); });
    const double save = milliseconds([&] { g_sink = formatPolicy(document).size(); });
    print("reference: nlohmann/json parses the text", reference, reference);
    print("load (parse, check, convert)", load, reference);
    print("validate", check, reference);
    print("load and validate", load + check, reference);
    print("save (to text)", save, reference);
    return 0;
}
