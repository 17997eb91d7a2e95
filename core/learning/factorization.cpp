#include "core/learning/factorization.h"

#include "core/common/seeded_random.h"
#include "core/learning/artifact_file.h"
#include "core/learning/dot_product.h"
#include "core/learning/logistic_regression.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace headgate::learning {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kBatch = 32;
constexpr int kMostFactors = 1'024;
constexpr float kLargestParameter = 1e6F;
const QString kParameters = u"factorization"_s;

// In the mean over the pairs that were decided.
double pairLoss(std::span<const float> scores, std::span<const float> qualities, Ties ties,
                std::span<float> slopes)
{
    double loss = 0;
    float pairs = 0;
    std::fill(slopes.begin(), slopes.end(), 0.0F);
    for (size_t first = 0; first < scores.size(); ++first) {
        for (size_t second = first + 1; second < scores.size(); ++second) {
            const auto won = wonBy(qualities[first], qualities[second], ties);
            if (!won)
                continue;
            const auto decision = double(scores[first] - scores[second]);
            loss += logisticLoss(decision, double(*won));
            const float slope = float(logistic(decision)) - *won;
            slopes[first] += slope;
            slopes[second] -= slope;
            ++pairs;
        }
    }
    if (pairs == 0)
        return 0;
    for (float &slope : slopes)
        slope /= pairs;
    return loss / double(pairs);
}

void addScaled(std::span<float> sum, std::span<const float> row, float factor)
{
    for (size_t at = 0; at < sum.size(); ++at)
        sum[at] += factor * row[at];
}

} // namespace

Factorization::Factorization(qsizetype models, qsizetype columns, int dimensions, quint64 seed)
    : Factorization(Layout{size_t(models), size_t(columns), size_t(dimensions)})
{
    SeededRandom random(seed);
    const double narrow = 1 / std::sqrt(double(dimensions));
    for (size_t at = 0; at < m_parameters.size(); ++at) {
        if (at < m_layout.bias() || at >= m_layout.classifier())
            m_parameters[at] = float(narrow * random.normal());
    }
}

Result<Factorization> Factorization::from(const Artifact &artifact, qsizetype models,
                                          qsizetype columns)
{
    const double dimensions =
        jsonNumber(artifact.header.value("factorization", Json()), "dimensions", 0);
    if (!(dimensions >= 1 && dimensions <= kMostFactors))
        return damagedArtifact(u"the dimensions of its factorization"_s);
    Factorization model(Layout{size_t(models), size_t(columns), size_t(dimensions)});
    return finiteNumbersIn<float>(artifact, kParameters, model.m_layout.size())
        .and_then([&](std::vector<float> parameters) -> Result<Factorization> {
            // Larger ones would add up to what is no number.
            if (std::any_of(parameters.begin(), parameters.end(),
                            [](float value) { return std::abs(value) > kLargestParameter; }))
                return damagedArtifact(u"parameters of its factorization"_s);
            model.m_parameters = std::move(parameters);
            return std::move(model);
        });
}

void Factorization::addTo(Artifact &artifact) const
{
    artifact.header["factorization"] = {{"dimensions", m_layout.dimensions}};
    artifact.blocks.insert(kParameters, blockOf(m_parameters));
}

void Factorization::scores(std::span<const float> point, std::span<float> each) const
{
    const std::span<const float> all(m_parameters);
    std::fill(each.begin(), each.end(), 0.0F);
    for (size_t at = 0; at < m_layout.dimensions; ++at) {
        const auto row =
            all.subspan(m_layout.projection() + at * m_layout.columns, m_layout.columns);
        const float met =
            (dotProduct(row, point) + all[m_layout.bias() + at]) * all[m_layout.classifier() + at];
        for (size_t model = 0; model < each.size(); ++model)
            each[model] += met * all[model * m_layout.dimensions + at];
    }
}

double Factorization::loss(std::span<const float> point, std::span<const float> qualities,
                           Ties ties) const
{
    std::vector<float> each(m_layout.models);
    std::vector<float> slopes(m_layout.models);
    scores(point, each);
    return pairLoss(each, qualities, ties, slopes);
}

class FactorizationTraining
{
public:
    FactorizationTraining(Factorization &model, const FactorizationOptions &options, quint64 seed)
        : m_model(model)
        , m_options(options)
        , m_random(seed)
        , m_slope(model.m_parameters.size())
        , m_mean(m_slope.size())
        , m_square(m_slope.size())
        , m_projected(model.m_layout.dimensions)
        , m_scores(model.m_layout.models)
        , m_scoreSlopes(model.m_layout.models)
        , m_point(model.m_layout.columns)
    {
    }

    // The mean loss of the rows, each before its step.
    double epoch(const DenseMatrix &points, const DenseMatrix &qualities, std::span<qsizetype> rows)
    {
        m_random.shuffle(rows);
        double loss = 0;
        for (size_t first = 0; first < rows.size(); first += kBatch) {
            const auto batch = rows.subspan(first, std::min(kBatch, rows.size() - first));
            std::fill(m_slope.begin(), m_slope.end(), 0.0F);
            for (const qsizetype row : batch)
                loss += addRow(points.row(row), qualities.row(row), 1 / float(batch.size()));
            step();
        }
        return loss / double(rows.size());
    }

private:
    double addRow(std::span<const float> point, std::span<const float> qualities, float weight)
    {
        const auto &layout = m_model.m_layout;
        const std::span<const float> all(m_model.m_parameters);
        const auto noise = float(m_options.noise / std::sqrt(double(layout.columns)));
        for (size_t at = 0; at < point.size(); ++at)
            m_point[at] = noise > 0 ? point[at] + noise * float(m_random.normal()) : point[at];
        project();
        const double loss = pairLoss(m_scores, qualities, m_options.ties, m_scoreSlopes);
        const std::span<float> slope(m_slope);
        for (size_t at = 0; at < layout.dimensions; ++at) {
            const float classifier = all[layout.classifier() + at];
            float shared = 0;
            for (size_t model = 0; model < layout.models; ++model) {
                const size_t place = model * layout.dimensions + at;
                const float scoreSlope = weight * m_scoreSlopes[model];
                shared += scoreSlope * all[place];
                slope[place] += scoreSlope * classifier * m_projected[at];
            }
            slope[layout.classifier() + at] += shared * m_projected[at];
            slope[layout.bias() + at] += shared * classifier;
            addScaled(slope.subspan(layout.projection() + at * layout.columns, layout.columns),
                      m_point, shared * classifier);
        }
        return loss;
    }

    void project()
    {
        const auto &layout = m_model.m_layout;
        const std::span<const float> all(m_model.m_parameters);
        std::fill(m_scores.begin(), m_scores.end(), 0.0F);
        for (size_t at = 0; at < layout.dimensions; ++at) {
            const auto row = all.subspan(layout.projection() + at * layout.columns, layout.columns);
            m_projected[at] = dotProduct(row, m_point) + all[layout.bias() + at];
            const float met = m_projected[at] * all[layout.classifier() + at];
            for (size_t model = 0; model < layout.models; ++model)
                m_scores[model] += met * all[model * layout.dimensions + at];
        }
    }

    void step()
    {
        constexpr float kMeanKept = 0.9F;
        constexpr float kSquareKept = 0.999F;
        constexpr float kLeast = 1e-8F;
        ++m_steps;
        const auto rate = float(m_options.learningRate);
        const float meanShare = 1 - std::pow(kMeanKept, float(m_steps));
        const float squareShare = 1 - std::pow(kSquareKept, float(m_steps));
        const float kept = 1 - rate * float(m_options.weightDecay);
        auto &parameters = m_model.m_parameters;
        for (size_t at = 0; at < parameters.size(); ++at) {
            m_mean[at] = kMeanKept * m_mean[at] + (1 - kMeanKept) * m_slope[at];
            m_square[at] =
                kSquareKept * m_square[at] + (1 - kSquareKept) * m_slope[at] * m_slope[at];
            parameters[at] =
                kept * parameters[at] -
                rate * (m_mean[at] / meanShare) / (std::sqrt(m_square[at] / squareShare) + kLeast);
        }
    }

    Factorization &m_model;
    FactorizationOptions m_options;
    SeededRandom m_random;
    qsizetype m_steps = 0;
    std::vector<float> m_slope; // of the batch, by parameter
    std::vector<float> m_mean;
    std::vector<float> m_square;
    std::vector<float> m_projected;
    std::vector<float> m_scores;
    std::vector<float> m_scoreSlopes;
    std::vector<float> m_point;
};

Factorization trainFactorization(const DenseMatrix &points, const DenseMatrix &qualities,
                                 std::span<const qsizetype> rows,
                                 const FactorizationOptions &options, quint64 seed,
                                 const std::stop_token &stop, const OnEpoch &onEpoch)
{
    Factorization model(qualities.columns, points.columns, options.dimensions, seed);
    FactorizationTraining training(model, options, seed + 1);
    std::vector<qsizetype> order(rows.begin(), rows.end());
    for (int epoch = 0; epoch < options.epochs && !stop.stop_requested(); ++epoch) {
        const double loss = training.epoch(points, qualities, order);
        if (!onEpoch(model, epoch, loss))
            break;
    }
    return model;
}

} // namespace headgate::learning
