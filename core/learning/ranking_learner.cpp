#include "core/learning/artifact_file.h"
#include "core/learning/bradley_terry.h"
#include "core/learning/builtin_learners.h"
#include "core/learning/dot_product.h"
#include "core/learning/held_out_neighbours.h"
#include "core/learning/option_reader.h"
#include "core/learning/pairwise.h"
#include "core/learning/placed_model.h"
#include "core/learning/texts.h"
#include "core/learning/training_check.h"
#include "core/learning/win_probability.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace headgate::learning {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kEveryRow = std::numeric_limits<qsizetype>::max(); // weighs, so no graph
constexpr double kLargestGamma = 1e6;
// Every pair begins with so many wins either way, each of the weight of the nearest reference, so
// that no strength is 0 or infinite.
constexpr double kPriorWins = 0.5;
constexpr qsizetype kMostWins = qsizetype(1) << 27; // numbers; half a gigabyte

qsizetype winsOf(qsizetype rows, qsizetype models)
{
    return rows * models * (models - 1);
}

struct RankingOptions
{
    double gamma = 10;
    Ties ties = Ties::Half;
};

// One row a pair of models, ordered: the share of the win that the first has, by reference.
DenseMatrix winsByPair(const DenseMatrix &qualities, Ties ties)
{
    DenseMatrix wins{qualities.rows(), {}};
    wins.values.reserve(size_t(winsOf(qualities.rows(), qualities.columns)));
    for (size_t one = 0; one < size_t(qualities.columns); ++one) {
        for (size_t other = 0; other < size_t(qualities.columns); ++other) {
            for (qsizetype row = 0; one != other && row < qualities.rows(); ++row) {
                const auto values = qualities.row(row);
                wins.values.push_back(wonBy(values[one], values[other], ties).value_or(0));
            }
        }
    }
    return wins;
}

class RankingModel final : public PlacedModel
{
public:
    RankingModel(Parts parts, const DenseMatrix &qualities, RankingOptions options)
        : PlacedModel(std::move(parts))
        , m_wins(winsByPair(qualities, options.ties))
        , m_logGamma(float(std::log(options.gamma)))
        , m_start(size_t(outputs().size()), 1.0 / double(outputs().size()))
    {
        const std::vector<float> same(size_t(qualities.rows()), 1);
        m_start = strengths(same);
    }

private:
    std::vector<double> valuesAt(std::span<const float> point) const override
    {
        std::vector<float> weights(size_t(references().references().rows()));
        dotProducts(references().references(), 0, point, weights);
        weigh(weights);
        const auto strength = strengths(weights);
        return meanWinProbabilities(strength.size(), [&](size_t one, size_t other) {
            return strength[one] / (strength[one] + strength[other]);
        });
    }

    // gamma^(1 + similarity / largest), all divided by the weight of the nearest, gamma^2.
    void weigh(std::vector<float> &similarities) const
    {
        const float largest = *std::max_element(similarities.begin(), similarities.end());
        if (!(largest > 1e-6F)) { // like nothing: all references count alike
            std::fill(similarities.begin(), similarities.end(), 1.0F);
            return;
        }
        const float factor = m_logGamma / largest;
        for (float &similarity : similarities)
            similarity = std::exp(factor * (similarity - largest));
    }

    std::vector<double> strengths(std::span<const float> weights) const
    {
        const size_t models = m_start.size();
        std::vector<double> wins(models * models);
        qsizetype pair = 0;
        for (size_t one = 0; one < models; ++one) {
            for (size_t other = 0; other < models; ++other) {
                if (one != other)
                    wins[one * models + other] =
                        kPriorWins + double(dotProduct(m_wins.row(pair++), weights));
            }
        }
        return bradleyTerryStrengths(wins, m_start);
    }

    DenseMatrix m_wins;
    float m_logGamma = 0;
    std::vector<double> m_start; // strengths where all references count alike
};

class RankingLearner final : public Learner
{
public:
    QString label() const override { return Texts::tr("Similarity-weighted ranking"); }
    bool learns(TargetKind kind) const override { return kind == TargetKind::Qualities; }
    Json defaultOptions() const override
    {
        return {{"gamma", 10.0}, {"ties", "half"}, {"embedding_size", 128}};
    }

    Result<Artifact> train(const TrainingSet &set, const Json &given,
                           const TrainingControl &control) const override
    {
        OptionReader reader(given, defaultOptions());
        reader.number("gamma", 1, kLargestGamma);
        reader.choice("ties", {u"half"_s, u"skip"_s});
        const int size = reader.integer("embedding_size", 1, LatentSpace::kMostDimensions);
        if (reader.failed())
            return reader.error();
        return checkTrainingSet(set)
            .and_then([&] { return checkPairs(set); })
            .and_then([&] { return checkSize(set); })
            .and_then([&] { return placePrompts(set, size, control); })
            .map([&](const PlacedPrompts &placed) {
                const auto rows = drawnRows(set.rows(), set.rows(), control.seed);
                Artifact artifact =
                    placedArtifact(u"sw"_s, set, placed, rows, reader.all(), control.seed);
                addTargets(artifact, set.targets);
                return artifact;
            });
    }

    Result<std::unique_ptr<PromptModel>> load(const Artifact &artifact) const override
    {
        return PlacedModel::partsOf(artifact, kEveryRow).and_then([&](PlacedModel::Parts parts) {
            return withQualities(artifact, std::move(parts));
        });
    }

private:
    static Result<> checkSize(const TrainingSet &set)
    {
        if (winsOf(set.rows(), set.outputs.size()) <= kMostWins)
            return {};
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("%1 prompts of %2 models are more pairs than the ranking can hold; "
                              "choose fewer models or another learner.")
                        .arg(set.rows())
                        .arg(set.outputs.size()));
    }

    static Result<std::unique_ptr<PromptModel>> withQualities(const Artifact &artifact,
                                                              PlacedModel::Parts parts)
    {
        const Json said = artifact.header.value("options", Json());
        const RankingOptions options{jsonNumber(said, "gamma", 0),
                                     jsonString(said, "ties") == "skip"_L1 ? Ties::Skip
                                                                           : Ties::Half};
        const qsizetype rows = parts.prompts.size();
        const qsizetype models = parts.header.outputs.size();
        if (!(options.gamma >= 1 && options.gamma <= kLargestGamma))
            return damagedArtifact(u"its weights"_s);
        if (parts.header.target != TargetKind::Qualities || models < 2 ||
            winsOf(rows, models) > kMostWins)
            return damagedArtifact(u"what it predicts"_s);
        return targetsIn(artifact, rows, models)
            .map([&](const DenseMatrix &qualities) -> std::unique_ptr<PromptModel> {
                return std::make_unique<RankingModel>(std::move(parts), qualities, options);
            });
    }
};

} // namespace

std::shared_ptr<const Learner> makeRankingLearner()
{
    return std::make_shared<RankingLearner>();
}

} // namespace headgate::learning
