#include "tests/support/telling_outcomes.h"

#include "core/common/json.h"

#include <QRandomGenerator>

#include <cmath>

namespace headgate::test {

QByteArray tellingOutcomes(int prompts, unsigned seed)
{
    QRandomGenerator random(seed);
    QByteArray text;
    for (int row = 0; row < prompts; ++row) {
        const bool easy = random.bounded(2) == 0;
        const double surely =
            easy ? 0.75 + random.bounded(25) / 100.0 : 0.1 + random.bounded(60) / 100.0;
        const bool middling = random.bounded(10) < 8;
        const double half = 0.3 + (middling ? 0.2 : 0.0) + random.bounded(50) / 100.0;
        const Json models = {{"small",
                              {{"quality", easy ? 1 : 0},
                               {"cost_usd", 0.000001},
                               {"latency_ms", 20},
                               {"confidence", std::log(surely)}}},
                             {"medium",
                              {{"quality", middling ? 1 : 0},
                               {"cost_usd", 0.000006},
                               {"latency_ms", 60},
                               {"confidence", std::log(half)}}},
                             {"large",
                              {{"quality", random.bounded(10) > 0 ? 1 : 0},
                               {"cost_usd", 0.00002},
                               {"latency_ms", 200}}}};
        const std::string name = "Prompt " + std::to_string(row);
        text += compactJson({{"id", name}, {"prompt", name}, {"models", models}}) + "\n";
    }
    return text;
}

} // namespace headgate::test
