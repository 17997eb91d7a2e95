#pragma once

#include "core/learning/logistic_regression.h"

namespace headgate::learning {

// A column that is to be scaled, and how far a cue one standard deviation off counts beside a row's
// n-grams, which have length 1.
struct Cue
{
    quint32 column = 0;
    float share = 0;
};

// Brings cues to one scale for a fit: each as so many of its standard deviations above its mean,
// times its share. Weights fitted on that are turned back
// to weights of the cues as they are read, so that deciding knows nothing of it.
class CueScale
{
public:
    // By rising column, over these rows of the matrix.
    CueScale(const SparseMatrix &matrix, const std::vector<qint32> &rows, std::vector<Cue> cues);

    SparseMatrix scaled(const SparseMatrix &matrix) const;
    LinearWeights unscaled(LinearWeights weights) const;
    const std::vector<float> &means() const { return m_mean; } // one a column of the cues

private:
    std::vector<Cue> m_cues;
    std::vector<float> m_mean;
    std::vector<float> m_factor; // 0: it has the same value everywhere
};

} // namespace headgate::learning
