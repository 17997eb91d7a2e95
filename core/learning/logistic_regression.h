#pragma once

#include "core/learning/matrix.h"

#include <stop_token>

namespace headgate::learning {

// A weighted sum of a row's features; through the logistic function it is a probability.
struct LinearWeights
{
    std::vector<float> weight; // one a column
    float bias = 0;

    double decision(SparseRow row) const
    {
        double sum = bias;
        for (size_t at = 0; at < row.size(); ++at)
            sum += double(weight[row.column[at]]) * double(row.value[at]);
        return sum;
    }
};

double logistic(double decision);
// What a prediction by that decision costs where `target` was right, in [0, 1]:
// -target ln p - (1 - target) ln (1 - p).
double logisticLoss(double decision, double target);

// Logistic regression with L2 regularisation, fitted by dual coordinate descent (Yu, Huang and Lin,
// "Dual coordinate descent methods for logistic regression and maximum entropy models", Machine
// Learning 85, 2011): the weights, the bias among them, minimise
//     |w|^2 / 2 + strength x sum over rows of weight x logisticLoss(decision, target).
// A target may lie anywhere in [0, 1]: it weighs the row as one of either class. The dual has one
// variable a row then, which is the probability that the model predicts there. The order of the
// rows is drawn from the seed; the same rows and seed give the same weights.
class LogisticRegression
{
public:
    struct Row
    {
        qint32 row = 0; // of the matrix
        float target = 0;
        float weight = 1;
    };

    // `features` outlives this.
    LogisticRegression(const SparseMatrix &features, std::vector<Row> rows, quint64 seed);

    // From where the fit before ended, so that a path of rising strengths is quick to walk. False
    // where it was stopped; the weights are of no use then.
    bool fit(double strength, const std::stop_token &stop = {});

    double decision(qint32 row) const; // of the matrix
    double loss() const;               // weighted mean over its rows
    LinearWeights weights() const;

private:
    double sweep(double strength);

    const SparseMatrix &m_features;
    std::vector<Row> m_rows;
    quint64 m_seed = 0;
    double m_strength = 0;           // of the fit before; 0: none
    std::vector<double> m_predicted; // the dual variables
    std::vector<double> m_square;    // |x|^2 + 1 by row
    std::vector<qint32> m_order;
    std::vector<double> m_weight;
    double m_bias = 0;
};

// Weights of rows by which either class weighs half of them all together, however rare it is.
void balance(std::vector<LogisticRegression::Row> &rows);

} // namespace headgate::learning
