#include "core/learning/artifact_file.h"
#include "core/learning/builtin_learners.h"
#include "core/learning/held_out_neighbours.h"
#include "core/learning/option_reader.h"
#include "core/learning/placed_model.h"
#include "core/learning/texts.h"
#include "core/learning/training_check.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace headgate::learning {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostNeighbours = 1'000;
// What is tried where the number of neighbours is to be found.
constexpr std::array kNumbersTried{5, 10, 20, 40, 80, 160, 320};

// How neighbours vote.
struct Vote
{
    int neighbours = 0;
    double minimumSimilarity = 0; // of those that have a say
    double sharpness = 0;         // a vote weighs similarity^sharpness
    double shrinkage = 0;         // weight of the mean of all references beside them
};

double weightOf(const Vote &vote, Neighbour neighbour)
{
    const auto similarity = double(neighbour.similarity);
    if (similarity <= 0 || similarity < vote.minimumSimilarity)
        return 0;
    return std::pow(std::min(similarity, 1.0), vote.sharpness);
}

// The votes so far, of each output.
class Poll
{
public:
    Poll(std::span<const double> means, double shrinkage)
        : m_sums(means.begin(), means.end())
        , m_weights(means.size(), shrinkage)
    {
        for (double &sum : m_sums)
            sum *= shrinkage;
    }

    void add(std::span<const float> targets, double weight)
    {
        for (size_t output = 0; output < m_sums.size(); ++output) {
            if (std::isnan(targets[output]))
                continue;
            m_sums[output] += weight * double(targets[output]);
            m_weights[output] += weight;
        }
    }
    double value(size_t output) const
    {
        return std::clamp(m_sums[output] / m_weights[output], 0.0, 1.0);
    }

private:
    std::vector<double> m_sums;
    std::vector<double> m_weights;
};

// Of each output over the rows that have it; 1/2 where none has.
std::vector<double> meansOf(const DenseMatrix &targets)
{
    const std::vector<double> halves(size_t(targets.columns), 0.5);
    Poll poll(halves, 1e-9);
    for (qsizetype row = 0; row < targets.rows(); ++row)
        poll.add(targets.row(row), 1);
    std::vector<double> means;
    for (size_t output = 0; output < halves.size(); ++output)
        means.push_back(poll.value(output));
    return means;
}

// How far the poll is off a row. Of several models only what tells them apart counts: that a prompt
// is hard for all of them changes no choice.
double squaredError(const Poll &poll, std::span<const float> targets)
{
    double sum = 0;
    double squares = 0;
    double measured = 0;
    for (size_t output = 0; output < targets.size(); ++output) {
        if (std::isnan(targets[output]))
            continue;
        const double off = poll.value(output) - double(targets[output]);
        sum += off;
        squares += off * off;
        ++measured;
    }
    return measured > 1 ? squares - sum * sum / measured : squares;
}

// The number of neighbours by which held-out rows are told best.
int bestNumber(const HeldOutNeighbours &held, const DenseMatrix &targets, const Vote &vote)
{
    const std::vector<double> means = meansOf(targets);
    std::array<double, kNumbersTried.size()> errors{};
    for (size_t at = 0; at < held.rows.size(); ++at) {
        Poll poll(means, vote.shrinkage);
        const auto &nearest = held.neighbours[at];
        size_t polled = 0;
        for (size_t tried = 0; tried < kNumbersTried.size(); ++tried) {
            for (; polled < std::min(nearest.size(), size_t(kNumbersTried[tried])); ++polled)
                poll.add(targets.row(nearest[polled].row), weightOf(vote, nearest[polled]));
            errors[tried] += squaredError(poll, targets.row(held.rows[at]));
        }
    }
    return kNumbersTried[size_t(std::min_element(errors.begin(), errors.end()) - errors.begin())];
}

class NearestModel final : public PlacedModel
{
public:
    NearestModel(Parts parts, DenseMatrix targets, Vote vote)
        : PlacedModel(std::move(parts))
        , m_targets(std::move(targets))
        , m_means(meansOf(m_targets))
        , m_vote(vote)
    {
    }

private:
    std::vector<double> valuesAt(std::span<const float> point) const override
    {
        Poll poll(m_means, m_vote.shrinkage);
        for (const Neighbour &near : references().nearest(point, m_vote.neighbours))
            poll.add(m_targets.row(near.row), weightOf(m_vote, near));
        std::vector<double> values;
        for (size_t output = 0; output < m_means.size(); ++output)
            values.push_back(poll.value(output));
        if (kind() == TargetKind::Labels)
            makeAddUp(values);
        return values;
    }

    // Labels add up to 1 but for rounding, unless a file says otherwise.
    static void makeAddUp(std::vector<double> &values)
    {
        double sum = 0;
        for (const double value : values)
            sum += value;
        for (double &value : values)
            value = sum > 0 ? value / sum : 1.0 / double(values.size());
    }

    DenseMatrix m_targets;
    std::vector<double> m_means;
    Vote m_vote;
};

class NearestLearner final : public Learner
{
public:
    QString label() const override { return Texts::tr("Nearest prompts"); }
    bool learns(TargetKind kind) const override { return kind != TargetKind::Rightness; }
    Json defaultOptions() const override
    {
        return {{"k", "auto"},
                {"minimum_similarity", 0.0},
                {"sharpness", 2.0},
                {"shrinkage", 1.0},
                {"embedding_size", 128}};
    }

    Result<Artifact> train(const TrainingSet &set, const Json &given,
                           const TrainingControl &control) const override
    {
        OptionReader reader(given, defaultOptions());
        Vote vote;
        if (reader.isText("k"))
            reader.choice("k", {u"auto"_s});
        else
            vote.neighbours = reader.integer("k", 1, kMostNeighbours);
        vote.minimumSimilarity = reader.number("minimum_similarity", 0, 1);
        vote.sharpness = reader.number("sharpness", 0, 100);
        vote.shrinkage = reader.number("shrinkage", 0.001, 1'000);
        const int dimensions = reader.integer("embedding_size", 1, LatentSpace::kMostDimensions);
        if (reader.failed())
            return reader.error();
        return checkTrainingSet(set)
            .and_then([&] { return placePrompts(set, dimensions, control); })
            .and_then([&](const PlacedPrompts &placed) {
                return remember(set, placed, vote, reader.all(), control);
            });
    }

    Result<std::unique_ptr<PromptModel>> load(const Artifact &artifact) const override
    {
        return PlacedModel::partsOf(artifact).and_then(
            [&](PlacedModel::Parts parts) { return withVote(artifact, std::move(parts)); });
    }

private:
    static Result<Artifact> remember(const TrainingSet &set, const PlacedPrompts &placed, Vote vote,
                                     const Json &options, const TrainingControl &control)
    {
        if (vote.neighbours == 0) {
            const auto found = foundNumber(set, placed.points, vote, control);
            if (!found)
                return tl::unexpected(found.error());
            vote.neighbours = *found;
        }
        const auto rows = drawnRows(set.rows(), set.rows(), control.seed);
        Artifact artifact = placedArtifact(u"knn"_s, set, placed, rows, options, control.seed);
        addTargets(artifact, set.targets);
        artifact.header["vote"] = {{"neighbours", vote.neighbours},
                                   {"minimum_similarity", vote.minimumSimilarity},
                                   {"sharpness", vote.sharpness},
                                   {"shrinkage", vote.shrinkage}};
        return artifact;
    }

    static Result<int> foundNumber(const TrainingSet &set, const DenseMatrix &points,
                                   const Vote &vote, const TrainingControl &control)
    {
        const NearestNeighbours search(points, NearestNeighbours::kExactRows, control.stop,
                                       [&](double done) {
                                           if (control.onProgress)
                                               control.onProgress({done, {}});
                                       });
        return heldOutNeighbours(search, set.prompts, kNumbersTried.back(), control)
            .map(
                [&](const HeldOutNeighbours &held) { return bestNumber(held, set.targets, vote); });
    }

    static Result<std::unique_ptr<PromptModel>> withVote(const Artifact &artifact,
                                                         PlacedModel::Parts parts)
    {
        const Json said = artifact.header.value("vote", Json());
        const double neighbours = jsonNumber(said, "neighbours", 0);
        const Vote vote{.neighbours =
                            neighbours >= 1 && neighbours <= kMostNeighbours ? int(neighbours) : 0,
                        .minimumSimilarity = jsonNumber(said, "minimum_similarity", -1),
                        .sharpness = jsonNumber(said, "sharpness", -1),
                        .shrinkage = jsonNumber(said, "shrinkage", -1)};
        if (vote.neighbours == 0 || !(vote.minimumSimilarity >= 0 && vote.minimumSimilarity <= 1) ||
            !(vote.sharpness >= 0 && vote.sharpness <= 100) ||
            !(vote.shrinkage >= 0.001 && vote.shrinkage <= 1'000) ||
            parts.header.target == TargetKind::Rightness)
            return damagedArtifact(u"how the neighbours vote"_s);
        return targetsIn(artifact, parts.prompts.size(), parts.header.outputs.size())
            .map([&](DenseMatrix targets) -> std::unique_ptr<PromptModel> {
                return std::make_unique<NearestModel>(std::move(parts), std::move(targets), vote);
            });
    }
};

} // namespace

std::shared_ptr<const Learner> makeNearestLearner()
{
    return std::make_shared<NearestLearner>();
}

} // namespace headgate::learning
