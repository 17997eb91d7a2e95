#include "core/simulation/simulated_model.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace headgate::simulation {

namespace {

// In thousandths of a dollar per million tokens, so that no floating point takes part.
Price priceOf(qint64 inputMillis, qint64 outputMillis)
{
    constexpr qint64 kNanosPerMilli = 1'000'000;
    Price price;
    price.input = Money::fromNanos(inputMillis * kNanosPerMilli);
    price.output = Money::fromNanos(outputMillis * kNanosPerMilli);
    return price;
}

} // namespace

const QList<SimulatedModel> &simulatedModels()
{
    static const QList<SimulatedModel> models{
        {.provider = u"sim-aviary"_s,
         .name = u"wren"_s,
         .servedName = u"wren-2026-10"_s,
         .displayName = u"Wren"_s,
         .price = priceOf(20, 80),
         .skill = 0.42,
         .refusalRate = 0.025,
         .truncationRate = 0.03,
         .firstToken = 120ms,
         .tokensPerSecond = 220},
        {.provider = u"sim-aviary"_s,
         .name = u"finch-mini"_s,
         .servedName = u"finch-mini-2026-10"_s,
         .displayName = u"Finch-mini"_s,
         .price = priceOf(50, 200),
         .skill = 0.62,
         .refusalRate = 0.015,
         .truncationRate = 0.015,
         .firstToken = 180ms,
         .tokensPerSecond = 160},
        {.provider = u"sim-aviary"_s,
         .name = u"heron"_s,
         .servedName = u"heron-2026-10"_s,
         .displayName = u"Heron"_s,
         .price = priceOf(400, 1600),
         .skill = 0.8,
         .refusalRate = 0.005,
         .truncationRate = 0.005,
         .firstToken = 350ms,
         .tokensPerSecond = 90},
        {.provider = u"sim-aviary"_s,
         .name = u"albatross"_s,
         .servedName = u"albatross-2026-10"_s,
         .displayName = u"Albatross"_s,
         .price = priceOf(2500, 10000),
         .skill = 1.1,
         .refusalRate = 0.002,
         .truncationRate = 0,
         .firstToken = 700ms,
         .tokensPerSecond = 55},
        {.provider = u"sim-rookery"_s,
         .name = u"egret"_s,
         .servedName = u"egret-2026-10"_s,
         .displayName = u"Egret"_s,
         .price = priceOf(450, 1500),
         .skill = 0.79,
         .refusalRate = 0.005,
         .truncationRate = 0.005,
         .firstToken = 300ms,
         .tokensPerSecond = 100},
    };
    return models;
}

const SimulatedModel *findSimulatedModel(const QString &provider, const QString &name)
{
    for (const SimulatedModel &model : simulatedModels()) {
        if (model.provider == provider && (model.name == name || model.servedName == name))
            return &model;
    }
    return nullptr;
}

} // namespace headgate::simulation
