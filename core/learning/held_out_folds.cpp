#include "core/learning/held_out_folds.h"

#include "core/common/seeded_random.h"

#include <QHash>

#include <numeric>

namespace headgate::learning {

std::vector<quint8> heldOutFolds(const QStringList &prompts, int folds, quint64 seed)
{
    QHash<QString, qsizetype> numbers; // of distinct prompts, by where they come first
    std::vector<qsizetype> prompt;
    for (const QString &text : prompts) {
        const auto known = numbers.constFind(text);
        prompt.push_back(known == numbers.cend() ? *numbers.insert(text, numbers.size()) : *known);
    }
    std::vector<qsizetype> order(size_t(numbers.size()));
    std::iota(order.begin(), order.end(), 0);
    SeededRandom(seed).shuffle(std::span(order));
    std::vector<quint8> result;
    for (const qsizetype number : prompt)
        result.push_back(quint8(order[size_t(number)] % folds));
    return result;
}

} // namespace headgate::learning
