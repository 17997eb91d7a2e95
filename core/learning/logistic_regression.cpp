#include "core/learning/logistic_regression.h"

#include "core/common/seeded_random.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace headgate::learning {

namespace {

constexpr double kTolerance = 1e-3; // largest change of a predicted probability in a sweep
constexpr int kMostSweeps = 300;
constexpr double kStart = 1e-3;

// Where t = decision + curvature x (predicted - logistic(t)): what the row's decision is once its
// dual variable is optimal. By Newton steps from `t`, within the bounds that halve where one leaves
// them.
double optimalDecision(double decision, double curvature, double predicted, double t)
{
    double low = decision + curvature * (predicted - 1);
    double high = decision + curvature * predicted;
    t = std::clamp(t, low, high);
    for (int step = 0; step < 50; ++step) {
        const double p = logistic(t);
        const double excess = t - decision - curvature * (predicted - p);
        if (std::abs(excess) < 1e-9 * (1 + std::abs(t)))
            break;
        (excess > 0 ? high : low) = t;
        const double next = t - excess / (1 + curvature * p * (1 - p));
        t = next > low && next < high ? next : (low + high) / 2;
    }
    return t;
}

} // namespace

double logistic(double decision)
{
    if (decision >= 0)
        return 1 / (1 + std::exp(-decision));
    const double odds = std::exp(decision);
    return odds / (1 + odds);
}

double logisticLoss(double decision, double target)
{
    const double softplus =
        decision > 0 ? decision + std::log1p(std::exp(-decision)) : std::log1p(std::exp(decision));
    return softplus - target * decision;
}

LogisticRegression::LogisticRegression(const SparseMatrix &features, std::vector<Row> rows,
                                       quint64 seed)
    : m_features(features)
    , m_rows(std::move(rows))
    , m_seed(seed)
    , m_order(m_rows.size())
    , m_weight(features.columns)
{
    std::iota(m_order.begin(), m_order.end(), 0);
    for (const Row &row : m_rows) {
        m_predicted.push_back(std::clamp(double(row.target), kStart, 1 - kStart));
        double square = 1; // of the bias
        for (const float value : m_features.row(row.row).value)
            square += double(value) * double(value);
        m_square.push_back(square);
    }
}

bool LogisticRegression::fit(double strength, const std::stop_token &stop)
{
    if (m_strength > 0) {
        for (double &weight : m_weight)
            weight *= strength / m_strength;
        m_bias *= strength / m_strength;
    } else {
        for (size_t at = 0; at < m_rows.size(); ++at) {
            const Row &row = m_rows[at];
            const double step =
                strength * double(row.weight) * (double(row.target) - m_predicted[at]);
            const SparseRow features = m_features.row(row.row);
            for (size_t i = 0; i < features.size(); ++i)
                m_weight[features.column[i]] += step * double(features.value[i]);
            m_bias += step;
        }
    }
    m_strength = strength;
    SeededRandom random(m_seed);
    for (int sweeps = 0; sweeps < kMostSweeps; ++sweeps) {
        if (stop.stop_requested())
            return false;
        random.shuffle(std::span(m_order));
        if (sweep(strength) < kTolerance)
            break;
    }
    return true;
}

// Once through all rows; the largest change of a probability.
double LogisticRegression::sweep(double strength)
{
    double largest = 0;
    for (const qint32 at : m_order) {
        const Row &row = m_rows[size_t(at)];
        double &predicted = m_predicted[size_t(at)];
        const double factor = strength * double(row.weight);
        const double curvature = factor * m_square[size_t(at)];
        const double now = decision(row.row);
        const double optimal = logistic(optimalDecision(now, curvature, predicted, now));
        const double change = predicted - optimal;
        predicted = optimal;
        largest = std::max(largest, std::abs(change));
        const double step = factor * change;
        const SparseRow features = m_features.row(row.row);
        for (size_t i = 0; i < features.size(); ++i)
            m_weight[features.column[i]] += step * double(features.value[i]);
        m_bias += step;
    }
    return largest;
}

double LogisticRegression::decision(qint32 row) const
{
    const SparseRow features = m_features.row(row);
    double sum = m_bias;
    for (size_t i = 0; i < features.size(); ++i)
        sum += m_weight[features.column[i]] * double(features.value[i]);
    return sum;
}

double LogisticRegression::loss() const
{
    double sum = 0;
    double weights = 0;
    for (const Row &row : m_rows) {
        sum += double(row.weight) * logisticLoss(decision(row.row), double(row.target));
        weights += double(row.weight);
    }
    return weights > 0 ? sum / weights : 0;
}

LinearWeights LogisticRegression::weights() const
{
    return {std::vector<float>(m_weight.begin(), m_weight.end()), float(m_bias)};
}

void balance(std::vector<LogisticRegression::Row> &rows)
{
    double positive = 0;
    double all = 0;
    for (const auto &row : rows) {
        positive += double(row.weight) * double(row.target);
        all += double(row.weight);
    }
    if (positive <= 0 || positive >= all)
        return;
    for (auto &row : rows) {
        const double yes = double(row.target) * all / (2 * positive);
        const double no = (1 - double(row.target)) * all / (2 * (all - positive));
        row.target = float(yes / (yes + no));
        row.weight *= float(yes + no);
    }
}

} // namespace headgate::learning
