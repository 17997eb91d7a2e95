#include "core/learning/artifact_file.h"
#include "core/learning/builtin_learners.h"
#include "core/learning/factorization.h"
#include "core/learning/held_out_folds.h"
#include "core/learning/held_out_neighbours.h"
#include "core/learning/logistic_regression.h"
#include "core/learning/option_reader.h"
#include "core/learning/placed_model.h"
#include "core/learning/texts.h"
#include "core/learning/training_check.h"
#include "core/learning/win_probability.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace headgate::learning {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostEpochs = 40; // that are tried where their number is to be found
constexpr int kPatience = 8;    // epochs without a better one, after which no more are tried
constexpr int kFolds = 5;       // one of which is held out for it
// So many prompts are kept, for explanations.
constexpr qsizetype kKeptPrompts = 2'000;

class FactorizationModel final : public PlacedModel
{
public:
    FactorizationModel(Parts parts, Factorization factorization)
        : PlacedModel(std::move(parts))
        , m_factorization(std::move(factorization))
    {
    }

private:
    std::vector<double> valuesAt(std::span<const float> point) const override
    {
        std::vector<float> scores(size_t(outputs().size()));
        m_factorization.scores(point, scores);
        return meanWinProbabilities(scores.size(), [&](size_t one, size_t other) {
            return logistic(double(scores[one] - scores[other]));
        });
    }

    Factorization m_factorization;
};

// The training of one model on placed prompts: how many epochs, then these on all rows.
class FactorizationWork
{
public:
    FactorizationWork(const TrainingSet &set, const DenseMatrix &points,
                      FactorizationOptions options, const TrainingControl &control)
        : m_set(set)
        , m_points(points)
        , m_options(options)
        , m_control(control)
    {
    }

    // `epochs`: 0 to find out.
    Result<Factorization> train(int epochs)
    {
        m_options.epochs = epochs == 0 ? bestEpochs() : epochs;
        std::vector<qsizetype> all(static_cast<size_t>(m_set.rows()));
        std::iota(all.begin(), all.end(), 0);
        const double before = m_done;
        Factorization model = trainFactorization(
            m_points, m_set.targets, all, m_options, m_control.seed, m_control.stop,
            [&](const Factorization &, int epoch, double loss) {
                tell(before + (1 - before) * (epoch + 1) / m_options.epochs, loss);
                return true;
            });
        if (m_control.stop.stop_requested())
            return fail(ErrorCode::Cancelled, Texts::tr("The training was stopped."));
        return model;
    }
    int epochs() const { return m_options.epochs; }

private:
    // By the loss of a held-out fold.
    int bestEpochs()
    {
        const auto folds = heldOutFolds(m_set.prompts, kFolds, m_control.seed);
        std::vector<qsizetype> trained;
        std::vector<qsizetype> held;
        for (qsizetype row = 0; row < m_set.rows(); ++row)
            (folds[size_t(row)] == 0 ? held : trained).push_back(row);
        if (held.empty() || trained.empty())
            return kPatience;
        m_options.epochs = kMostEpochs;
        double least = std::numeric_limits<double>::max();
        int best = 0;
        trainFactorization(m_points, m_set.targets, trained, m_options, m_control.seed,
                           m_control.stop, [&](const Factorization &model, int epoch, double loss) {
                               tell(0.5 * (epoch + 1) / kMostEpochs, loss);
                               const double off = meanLoss(model, held);
                               if (off < least) {
                                   least = off;
                                   best = epoch;
                               }
                               return epoch - best < kPatience;
                           });
        return best + 1;
    }

    double meanLoss(const Factorization &model, const std::vector<qsizetype> &rows) const
    {
        double sum = 0;
        for (const qsizetype row : rows)
            sum += model.loss(m_points.row(row), m_set.targets.row(row), m_options.ties);
        return sum / double(rows.size());
    }

    void tell(double done, double loss)
    {
        m_done = done;
        if (m_control.onProgress)
            m_control.onProgress({done, loss});
    }

    const TrainingSet &m_set;
    const DenseMatrix &m_points;
    FactorizationOptions m_options;
    const TrainingControl &m_control;
    double m_done = 0;
};

class FactorizationLearner final : public Learner
{
public:
    QString label() const override { return Texts::tr("Matrix factorization"); }
    bool learns(TargetKind kind) const override { return kind == TargetKind::Qualities; }
    Json defaultOptions() const override
    {
        return {{"dimensions", 32},     {"epochs", "auto"}, {"learning_rate", 0.003},
                {"weight_decay", 0.01}, {"noise", 0.5},     {"ties", "half"},
                {"embedding_size", 128}};
    }

    Result<Artifact> train(const TrainingSet &set, const Json &given,
                           const TrainingControl &control) const override
    {
        OptionReader reader(given, defaultOptions());
        FactorizationOptions options{
            .dimensions = reader.integer("dimensions", 1, 1'024),
            .learningRate = reader.number("learning_rate", 1e-6, 1),
            .weightDecay = reader.number("weight_decay", 0, 10),
            .noise = reader.number("noise", 0, 10),
            .ties = reader.choice("ties", {u"half"_s, u"skip"_s}) == "skip"_L1 ? Ties::Skip
                                                                               : Ties::Half};
        int epochs = 0;
        if (reader.isText("epochs"))
            reader.choice("epochs", {u"auto"_s});
        else
            epochs = reader.integer("epochs", 1, 10'000);
        const int size = reader.integer("embedding_size", 1, LatentSpace::kMostDimensions);
        if (reader.failed())
            return reader.error();
        return checkTrainingSet(set)
            .and_then([&] { return checkPairs(set); })
            .and_then([&] { return placePrompts(set, size, control); })
            .and_then([&](const PlacedPrompts &placed) {
                return fitted(set, placed, options, epochs, reader.all(), control);
            });
    }

    Result<std::unique_ptr<PromptModel>> load(const Artifact &artifact) const override
    {
        return PlacedModel::partsOf(artifact).and_then(
            [&](PlacedModel::Parts parts) { return withFactors(artifact, std::move(parts)); });
    }

private:
    static Result<Artifact> fitted(const TrainingSet &set, const PlacedPrompts &placed,
                                   const FactorizationOptions &options, int epochs,
                                   const Json &said, const TrainingControl &control)
    {
        FactorizationWork work(set, placed.points, options, control);
        auto model = work.train(epochs);
        if (!model)
            return tl::unexpected(model.error());
        const auto kept = drawnRows(set.rows(), kKeptPrompts, control.seed);
        Artifact artifact = placedArtifact(u"mf"_s, set, placed, kept, said, control.seed);
        model->addTo(artifact);
        artifact.header["factorization"]["epochs"] = work.epochs();
        return artifact;
    }

    static Result<std::unique_ptr<PromptModel>> withFactors(const Artifact &artifact,
                                                            PlacedModel::Parts parts)
    {
        if (parts.header.target != TargetKind::Qualities || parts.header.outputs.size() < 2)
            return damagedArtifact(u"what it predicts"_s);
        return Factorization::from(artifact, parts.header.outputs.size(), parts.space.columns())
            .map([&](Factorization model) -> std::unique_ptr<PromptModel> {
                return std::make_unique<FactorizationModel>(std::move(parts), std::move(model));
            });
    }
};

} // namespace

std::shared_ptr<const Learner> makeFactorizationLearner()
{
    return std::make_shared<FactorizationLearner>();
}

} // namespace headgate::learning
