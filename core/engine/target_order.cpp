#include "core/engine/target_order.h"

#include "core/engine/seeded_fraction.h"

#include <algorithm>

namespace headgate::engine {

namespace {

using policy::ModelIndex;

constexpr Money kUnknownCost = Money::fromNanos(std::numeric_limits<qint64>::max());

std::vector<ModelIndex> drawn(std::span<const ModelIndex> group, const OrderInputs &inputs)
{
    struct Ticket
    {
        ModelIndex model = -1;
        double weight = 1;
    };
    std::vector<Ticket> left;
    for (std::size_t place = 0; place < group.size(); ++place)
        left.push_back({group[place], place < inputs.weights.size() ? inputs.weights[place] : 1.0});
    std::vector<ModelIndex> order;
    for (int draw = 1; !left.empty(); ++draw) {
        double sum = 0;
        for (const Ticket &ticket : left)
            sum += ticket.weight;
        double at = seededFraction(inputs.seed, draw) * sum;
        auto chosen = left.begin();
        while (std::next(chosen) != left.end() && at >= chosen->weight) {
            at -= chosen->weight;
            ++chosen;
        }
        order.push_back(chosen->model);
        left.erase(chosen);
    }
    return order;
}

template<typename Value>
void sortBy(std::vector<ModelIndex> &models, Value value)
{
    std::stable_sort(models.begin(), models.end(),
                     [&value](ModelIndex a, ModelIndex b) { return value(a) < value(b); });
}

} // namespace

std::vector<ModelIndex> orderedTargets(std::span<const ModelIndex> group, TargetOrder order,
                                       const OrderInputs &inputs)
{
    std::vector<ModelIndex> models(group.begin(), group.end());
    switch (order) {
    case TargetOrder::InOrder:
        break;
    case TargetOrder::Weighted:
        return drawn(group, inputs);
    case TargetOrder::Fastest:
        sortBy(models, [&](ModelIndex model) {
            return inputs.latency(model).value_or(std::chrono::nanoseconds(-1));
        });
        break;
    case TargetOrder::Cheapest:
        sortBy(models, [&](ModelIndex model) { return inputs.cost(model).value_or(kUnknownCost); });
        break;
    }
    return models;
}

} // namespace headgate::engine
