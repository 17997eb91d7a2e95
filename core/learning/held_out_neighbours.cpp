#include "core/learning/held_out_neighbours.h"

#include "core/common/seeded_random.h"
#include "core/learning/texts.h"

#include <QHash>

#include <algorithm>
#include <numeric>

namespace headgate::learning {

namespace {

// A number for each row, the same for the same prompt; and how many rows have it.
struct PromptGroups
{
    explicit PromptGroups(const QStringList &prompts)
    {
        QHash<QString, qsizetype> numbers;
        for (const QString &prompt : prompts) {
            const auto number = numbers.constFind(prompt);
            group.push_back(number == numbers.cend() ? numbers.size() : *number);
            numbers.insert(prompt, group.back());
        }
        size.resize(size_t(numbers.size()));
        for (const qsizetype number : group)
            ++size[size_t(number)];
    }

    std::vector<qsizetype> group;
    std::vector<qsizetype> size;
};

} // namespace

std::vector<qsizetype> drawnRows(qsizetype rows, qsizetype most, quint64 seed)
{
    std::vector<qsizetype> drawn(static_cast<size_t>(rows));
    std::iota(drawn.begin(), drawn.end(), 0);
    if (rows > most) {
        SeededRandom random(seed);
        random.shuffle<qsizetype>(drawn);
        drawn.resize(size_t(most));
        std::sort(drawn.begin(), drawn.end());
    }
    return drawn;
}

Result<HeldOutNeighbours> heldOutNeighbours(const NearestNeighbours &search,
                                            const QStringList &prompts, qsizetype count,
                                            const TrainingControl &control)
{
    const PromptGroups groups(prompts);
    HeldOutNeighbours held{drawnRows(prompts.size(), kHeldOutRows, control.seed), {}};
    for (const qsizetype row : held.rows) {
        if (control.stop.stop_requested())
            return fail(ErrorCode::Cancelled, Texts::tr("The training was stopped."));
        const qsizetype group = groups.group[size_t(row)];
        auto nearest =
            search.nearest(search.references().row(row), count + groups.size[size_t(group)]);
        std::erase_if(nearest, [&](Neighbour n) { return groups.group[size_t(n.row)] == group; });
        if (qsizetype(nearest.size()) > count)
            nearest.resize(size_t(count));
        held.neighbours.push_back(std::move(nearest));
    }
    return held;
}

} // namespace headgate::learning
