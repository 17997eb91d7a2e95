#pragma once

#include "core/learning/logistic_regression.h"

namespace headgate::learning {

// Brings cues to one scale for a fit: each as so many of its standard deviations above its mean,
// times a share that keeps them from drowning the n-grams. Weights fitted on that are turned back
// to weights of the cues as they are read, so that deciding knows nothing of it.
class CueScale
{
public:
    // Of these columns (rising), over these rows of the matrix.
    CueScale(const SparseMatrix &matrix, const std::vector<qint32> &rows,
             std::vector<quint32> columns);

    SparseMatrix scaled(const SparseMatrix &matrix) const;
    LinearWeights unscaled(LinearWeights weights) const;
    const std::vector<float> &means() const { return m_mean; } // one a column of the cues

private:
    std::vector<quint32> m_column;
    std::vector<float> m_mean;
    std::vector<float> m_factor; // 0: it has the same value everywhere
};

} // namespace headgate::learning
