#include "core/learning/gaussian_mixture.h"

#include "core/common/seeded_random.h"
#include "core/learning/artifact_file.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <tuple>

namespace headgate::learning {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMixtureRounds = 25;
constexpr int kMostComponents = 64;
// Each component is fitted as if it had so many points more, of this share of the variance of all.
constexpr double kPriorPoints = 10;
constexpr double kPriorVariance = 0.3;
// A number that is the same in all points still tells a point apart where it is another there.
constexpr double kLeastVariance = 1e-4;

std::vector<double> variancesOf(const DenseMatrix &points)
{
    const auto columns = size_t(points.columns);
    const auto count = double(points.rows());
    std::vector<double> means(columns);
    std::vector<double> variances(columns);
    for (size_t i = 0; i < points.values.size(); ++i)
        means[i % columns] += double(points.values[i]) / count;
    for (size_t i = 0; i < points.values.size(); ++i) {
        const double off = double(points.values[i]) - means[i % columns];
        variances[i % columns] += off * off / count;
    }
    for (double &variance : variances)
        variance += kLeastVariance;
    return variances;
}

} // namespace

GaussianMixture GaussianMixture::fit(const DenseMatrix &points, int components, quint64 seed)
{
    Q_ASSERT(points.rows() > 0);
    const auto count = size_t(std::clamp(components, 1, kMostComponents));
    const std::vector<double> all = variancesOf(points);
    GaussianMixture mixture;
    mixture.m_columns = size_t(points.columns);
    SeededRandom random(seed);
    for (size_t component = 0; component < count; ++component) {
        const auto point = points.row(random.below(quint32(points.rows())));
        mixture.m_means.insert(mixture.m_means.end(), point.begin(), point.end());
        mixture.m_variances.insert(mixture.m_variances.end(), all.begin(), all.end());
    }
    mixture.m_weights.assign(count, 1.0 / double(count));
    mixture.prepare();
    for (int round = 0; round < kMixtureRounds; ++round)
        mixture.improve(points, all);
    return mixture;
}

// One round: each point is shared out among the components, which then move to their shares.
void GaussianMixture::improve(const DenseMatrix &points, const std::vector<double> &all)
{
    const size_t count = m_weights.size();
    std::vector<double> shares(count);
    std::vector<double> held(count);
    std::vector<double> sums(m_means.size());
    std::vector<double> squares(m_means.size());
    for (qsizetype row = 0; row < points.rows(); ++row) {
        const auto point = points.row(row);
        shareOut(point, shares);
        for (size_t component = 0; component < count; ++component) {
            const double share = shares[component];
            if (share < 1e-6)
                continue;
            held[component] += share;
            for (size_t i = 0; i < m_columns; ++i) {
                const auto number = double(point[i]);
                sums[component * m_columns + i] += share * number;
                squares[component * m_columns + i] += share * number * number;
            }
        }
    }
    for (size_t at = 0; at < m_means.size(); ++at) {
        const double own = held[at / m_columns];
        if (own > 1e-6)
            m_means[at] = sums[at] / own;
        const double spread = std::max(0.0, squares[at] - own * m_means[at] * m_means[at]);
        m_variances[at] =
            (spread + kPriorPoints * kPriorVariance * all[at % m_columns]) / (own + kPriorPoints);
    }
    for (size_t component = 0; component < count; ++component)
        m_weights[component] = std::max(held[component] / double(points.rows()), 1e-9);
    prepare();
}

void GaussianMixture::shareOut(std::span<const float> point, std::vector<double> &shares) const
{
    for (size_t component = 0; component < shares.size(); ++component)
        shares[component] = logShare(component, point);
    const double most = *std::max_element(shares.begin(), shares.end());
    double sum = 0;
    for (double &share : shares)
        sum += share = std::exp(share - most);
    for (double &share : shares)
        share /= sum;
}

void GaussianMixture::prepare()
{
    m_halfPrecisions.resize(m_variances.size());
    m_constants.resize(m_weights.size());
    for (size_t component = 0; component < m_weights.size(); ++component)
        m_constants[component] = std::log(m_weights[component]);
    for (size_t at = 0; at < m_variances.size(); ++at) {
        m_halfPrecisions[at] = 0.5 / m_variances[at];
        m_constants[at / m_columns] -= 0.5 * std::log(m_variances[at]);
    }
}

double GaussianMixture::logShare(size_t component, std::span<const float> point) const
{
    const double *mean = m_means.data() + component * m_columns;
    const double *precision = m_halfPrecisions.data() + component * m_columns;
    double distance = 0;
    for (size_t i = 0; i < m_columns; ++i) {
        const double off = double(point[i]) - mean[i];
        distance += off * off * precision[i];
    }
    return m_constants[component] - distance;
}

double GaussianMixture::logDensity(std::span<const float> point) const
{
    Q_ASSERT(point.size() == m_columns);
    std::array<double, kMostComponents> shares;
    double most = -std::numeric_limits<double>::infinity();
    for (size_t component = 0; component < m_weights.size(); ++component) {
        shares[component] = logShare(component, point);
        most = std::max(most, shares[component]);
    }
    if (!std::isfinite(most)) // farther off than numbers go
        return -std::numeric_limits<double>::infinity();
    double sum = 0;
    for (size_t component = 0; component < m_weights.size(); ++component)
        sum += std::exp(shares[component] - most);
    return most + std::log(sum);
}

Result<GaussianMixture> GaussianMixture::from(const Artifact &artifact, const QString &name,
                                              qsizetype columns)
{
    GaussianMixture mixture;
    mixture.m_columns = size_t(columns);
    const qsizetype bytes = artifact.blocks.value(name + u".weights"_s).size();
    const size_t count = size_t(bytes) / sizeof(double);
    if (count < 1 || count > size_t(kMostComponents))
        return damagedArtifact(u"the components of “%1”"_s.arg(name));
    for (auto [block, numbers, size] :
         {std::tuple(u".weights"_s, &mixture.m_weights, count),
          std::tuple(u".means"_s, &mixture.m_means, count * size_t(columns)),
          std::tuple(u".variances"_s, &mixture.m_variances, count * size_t(columns))}) {
        auto read = finiteNumbersIn<double>(artifact, name + block, size);
        if (!read)
            return tl::unexpected(read.error());
        *numbers = std::move(*read);
    }
    const auto positive = [](double number) { return number > 1e-12 && number < 1e12; };
    if (!std::all_of(mixture.m_weights.begin(), mixture.m_weights.end(), positive) ||
        !std::all_of(mixture.m_variances.begin(), mixture.m_variances.end(), positive))
        return damagedArtifact(u"the components of “%1”"_s.arg(name));
    mixture.prepare();
    return mixture;
}

void GaussianMixture::addTo(Artifact &artifact, const QString &name) const
{
    artifact.blocks.insert(name + u".weights"_s, blockOf(m_weights));
    artifact.blocks.insert(name + u".means"_s, blockOf(m_means));
    artifact.blocks.insert(name + u".variances"_s, blockOf(m_variances));
}

} // namespace headgate::learning
