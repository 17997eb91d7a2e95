#pragma once

#include "core/common/result.h"
#include "core/learning/artifact.h"
#include "core/learning/matrix.h"

#include <span>
#include <vector>

namespace headgate::learning {

// Where points lie dense: a mixture of normal distributions whose numbers do not depend on each
// other, fitted by expectation maximisation. Its variances are drawn towards a common one, so that
// few points, or many that are alike, leave none at zero. Immutable once fitted; any thread.
class GaussianMixture
{
public:
    // Of at least one point, all of them finite. The same points and seed give the same mixture.
    static GaussianMixture fit(const DenseMatrix &points, int components, quint64 seed);
    // Damaged where its blocks, named after `name`, are not as addTo() wrote them.
    static Result<GaussianMixture> from(const Artifact &artifact, const QString &name,
                                        qsizetype columns);
    void addTo(Artifact &artifact, const QString &name) const;

    // Logarithm of the density, up to a constant; finite.
    double logDensity(std::span<const float> point) const;

private:
    void improve(const DenseMatrix &points, const std::vector<double> &all);
    void shareOut(std::span<const float> point, std::vector<double> &shares) const;
    void prepare();
    double logShare(size_t component, std::span<const float> point) const;

    size_t m_columns = 0;
    std::vector<double> m_means; // components x columns
    std::vector<double> m_variances;
    std::vector<double> m_weights;
    // Made of those:
    std::vector<double> m_halfPrecisions;
    std::vector<double> m_constants;
};

} // namespace headgate::learning
