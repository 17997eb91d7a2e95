#include "core/learning/latent_space.h"

#include "core/common/seeded_random.h"
#include "core/learning/artifact_file.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>

namespace headgate::learning {

using namespace Qt::StringLiterals;

namespace {

// Directions more than asked for, and rounds of sharpening: what the randomized range finder takes
// to come close to the exact decomposition (Halko et al., section 4.5).
constexpr int kOversampling = 10;
constexpr int kPowerRounds = 2;
// Below this share of the largest singular value a direction is noise of 32-bit numbers.
constexpr double kSmallestDirection = 1e-4;

using Block = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

SparseMatrix transposed(const SparseMatrix &matrix)
{
    SparseMatrix result;
    result.columns = quint32(matrix.rows());
    result.column.resize(matrix.column.size());
    result.value.resize(matrix.value.size());
    result.ends.assign(matrix.columns, 0);
    for (const quint32 column : matrix.column)
        ++result.ends[column];
    size_t sum = 0;
    for (size_t &end : result.ends)
        sum += std::exchange(end, sum);
    for (qsizetype row = 0; row < matrix.rows(); ++row) {
        const SparseRow entries = matrix.row(row);
        for (size_t i = 0; i < entries.size(); ++i) {
            const size_t at = result.ends[entries.column[i]]++;
            result.column[at] = quint32(row);
            result.value[at] = entries.value[i];
        }
    }
    return result;
}

Block product(const SparseMatrix &matrix, const Block &dense)
{
    Block result = Block::Zero(matrix.rows(), dense.cols());
    for (qsizetype row = 0; row < matrix.rows(); ++row) {
        const SparseRow entries = matrix.row(row);
        for (size_t i = 0; i < entries.size(); ++i)
            result.row(row) += entries.value[i] * dense.row(entries.column[i]);
    }
    return result;
}

// As many orthonormal columns, which span what those of `block` span and, where they are alike,
// more.
Block orthonormal(const Block &block)
{
    const Eigen::HouseholderQR<Block> decomposition(block);
    return decomposition.householderQ() * Block::Identity(block.rows(), block.cols());
}

// The right singular vectors of the matrix, columns x dimensions, the strongest first; columns of
// zeros where there are no more. Empty where it was stopped.
Block rightSingularVectors(const SparseMatrix &matrix, qsizetype dimensions, quint64 seed,
                           const std::stop_token &stop)
{
    Block axes = Block::Zero(matrix.columns, dimensions);
    const qsizetype most = std::min(matrix.rows(), qsizetype(matrix.columns));
    const qsizetype width = std::min(dimensions + kOversampling, most);
    if (width == 0)
        return axes;
    const SparseMatrix flipped = transposed(matrix);
    SeededRandom random(seed);
    Block range(matrix.columns, width);
    std::generate_n(range.data(), range.size(), [&] { return float(random.normal()); });
    range = orthonormal(product(matrix, range));
    for (int round = 0; round < kPowerRounds; ++round) {
        range = orthonormal(product(flipped, range));
        range = orthonormal(product(matrix, range));
        if (stop.stop_requested())
            return {};
    }
    // What is left is small: flipped * range = axes * singular values * rotation.
    const Block small = product(flipped, range);
    const Eigen::MatrixXd square = (small.transpose() * small).cast<double>();
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(square);
    const double floor = solver.eigenvalues()(width - 1) * kSmallestDirection * kSmallestDirection;
    for (qsizetype i = 0; i < std::min(width, dimensions); ++i) {
        const double strength = solver.eigenvalues()(width - 1 - i);
        if (!(strength > floor))
            break;
        axes.col(i) =
            small * (solver.eigenvectors().col(width - 1 - i) / std::sqrt(strength)).cast<float>();
    }
    return axes;
}

// The numbers of one gram as steps of `scale`.
float quantize(const float *numbers, qsizetype count, qint8 *steps)
{
    float largest = 0;
    for (qsizetype i = 0; i < count; ++i)
        largest = std::max(largest, std::abs(numbers[i]));
    const float scale = largest / 127;
    for (qsizetype i = 0; i < count; ++i)
        steps[i] = scale > 0 ? qint8(std::lround(numbers[i] / scale)) : qint8(0);
    return scale;
}

QString featuresName(const QString &name)
{
    return name + u".features"_s;
}

} // namespace

std::optional<LatentSpace> LatentSpace::fit(const QStringList &texts, const LatentOptions &options,
                                            quint64 seed, std::stop_token stop)
{
    Q_ASSERT(options.dimensions >= 1 && options.dimensions <= kMostDimensions &&
             !options.features.cues);
    LatentSpace space;
    space.m_options = options;
    space.m_features = FeatureSpace::fit(texts, options.features, stop);
    space.placeGrams();
    SparseMatrix rows = space.m_features.read(texts, stop);
    if (stop.stop_requested())
        return {};
    for (quint32 &column : rows.column)
        column = space.m_places[column];
    rows.columns = quint32(space.m_grams);
    const Block axes = rightSingularVectors(rows, space.size(), seed, stop);
    if (stop.stop_requested())
        return {};
    std::vector<qint8> steps(size_t(axes.size()));
    std::vector<float> scales(size_t(axes.rows()));
    for (qsizetype gram = 0; gram < axes.rows(); ++gram)
        scales[size_t(gram)] = quantize(axes.data() + gram * space.size(), space.size(),
                                        steps.data() + gram * space.size());
    space.setAxes(std::move(steps), std::move(scales));
    return space;
}

void LatentSpace::placeGrams()
{
    m_places.assign(m_features.grams(), 0);
    m_grams = 0;
    for (quint32 column = 0; column < m_features.grams(); ++column) {
        if (m_features.inverseFrequency(column) > 0)
            m_places[column] = quint32(m_grams++);
    }
}

void LatentSpace::setAxes(std::vector<qint8> steps, std::vector<float> scales)
{
    m_steps = std::move(steps);
    m_scales = std::move(scales);
    m_axes.resize(m_steps.size());
    for (size_t at = 0; at < m_axes.size(); ++at)
        m_axes[at] = m_scales[at / size_t(size())] * float(m_steps[at]);
}

float LatentSpace::transform(QStringView text, FeatureRow &row, std::span<float> into) const
{
    text::fold(text, row.folded);
    return transformFolded(row, into);
}

float LatentSpace::transformFolded(FeatureRow &row, std::span<float> into) const
{
    Q_ASSERT(qsizetype(into.size()) == size());
    m_features.readFolded(row);
    std::fill(into.begin(), into.end(), 0.0F);
    using Numbers = Eigen::Map<Eigen::ArrayXf>;
    Numbers sums(into.data(), size());
    const SparseRow entries = row.view();
    for (size_t i = 0; i < entries.size(); ++i) {
        const size_t place = m_places[entries.column[i]];
        sums += entries.value[i] *
                Eigen::Map<const Eigen::ArrayXf>(m_axes.data() + place * size_t(size()), size());
    }
    const float length = sums.matrix().norm();
    if (!(length > 1e-6F)) {
        sums.setZero();
        return 0;
    }
    sums /= length;
    return std::min(length * length, 1.0F);
}

DenseMatrix LatentSpace::transform(const QStringList &texts, std::stop_token stop) const
{
    DenseMatrix points;
    points.columns = size();
    FeatureRow row;
    for (const QString &text : texts) {
        if (stop.stop_requested())
            break;
        points.values.resize(points.values.size() + size_t(size()));
        transform(text, row, points.row(points.rows() - 1));
    }
    return points;
}

Result<LatentSpace> LatentSpace::from(const Artifact &artifact, const QString &name)
{
    auto features = FeatureSpace::from(artifact, featuresName(name));
    if (!features)
        return tl::unexpected(features.error());
    LatentSpace space;
    space.m_features = *std::move(features);
    const double dimensions =
        jsonNumber(artifact.header.value(toStdString(name), Json()), "dimensions", 0);
    if (!(dimensions >= 1 && dimensions <= kMostDimensions) || space.m_features.options().cues)
        return damagedArtifact(u"the options of “%1”"_s.arg(name));
    space.m_options = {int(dimensions), space.m_features.options()};
    space.placeGrams();
    auto steps =
        numbersIn<qint8>(artifact, name + u".axes"_s, size_t(space.m_grams * space.size()));
    if (!steps)
        return tl::unexpected(steps.error());
    auto scales = finiteNumbersIn<float>(artifact, name + u".scales"_s, size_t(space.m_grams));
    if (!scales)
        return tl::unexpected(scales.error());
    if (std::any_of(scales->begin(), scales->end(),
                    [](float scale) { return scale < 0 || scale > 1; }))
        return damagedArtifact(u"the scales of “%1”"_s.arg(name));
    space.setAxes(*std::move(steps), *std::move(scales));
    return space;
}

void LatentSpace::addTo(Artifact &artifact, const QString &name) const
{
    artifact.header[toStdString(name)] = {{"dimensions", m_options.dimensions}};
    m_features.addTo(artifact, featuresName(name));
    artifact.blocks.insert(name + u".axes"_s, blockOf(m_steps));
    artifact.blocks.insert(name + u".scales"_s, blockOf(m_scales));
}

} // namespace headgate::learning
