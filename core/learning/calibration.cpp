#include "core/learning/calibration.h"

#include "core/learning/artifact_file.h"
#include "core/learning/logistic_regression.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace headgate::learning {

using namespace Qt::StringLiterals;

namespace {

// How far a probability may come to 0 and 1: no sample tells more than one in a billion.
constexpr double kLeast = 1e-9;

struct Line
{
    double slope = 0;
    double intercept = 0;
};

double lossOf(Line line, std::span<const double> decisions, std::span<const double> targets)
{
    double loss = 0;
    for (size_t at = 0; at < decisions.size(); ++at)
        loss += logisticLoss(line.slope * decisions[at] + line.intercept, targets[at]);
    return loss;
}

// One Newton step, halved until the loss falls; the same line where none does.
Line improved(Line line, std::span<const double> decisions, std::span<const double> targets)
{
    double slope = 0, intercept = 0;                // gradient
    double square = 1e-12, cross = 0, ones = 1e-12; // Hessian
    for (size_t at = 0; at < decisions.size(); ++at) {
        const double x = decisions[at];
        const double p = logistic(line.slope * x + line.intercept);
        slope += x * (p - targets[at]);
        intercept += p - targets[at];
        square += x * x * p * (1 - p);
        cross += x * p * (1 - p);
        ones += p * (1 - p);
    }
    const double determinant = square * ones - cross * cross;
    const Line step{(ones * slope - cross * intercept) / determinant,
                    (square * intercept - cross * slope) / determinant};
    const double before = lossOf(line, decisions, targets);
    const double fall = slope * step.slope + intercept * step.intercept;
    for (double length = 1; length > 1e-10; length /= 2) {
        const Line next{line.slope - length * step.slope, line.intercept - length * step.intercept};
        if (lossOf(next, decisions, targets) < before - 1e-4 * length * fall)
            return next;
    }
    return line;
}

struct Pool
{
    double first = 0; // decisions
    double last = 0;
    double target = 0; // mean
    double rows = 0;
};

// Those whose targets can be read, by rising decision; equal decisions are one.
std::vector<Pool> sortedRows(std::span<const double> decisions, std::span<const double> targets)
{
    std::vector<size_t> order(decisions.size());
    std::iota(order.begin(), order.end(), size_t(0));
    std::stable_sort(order.begin(), order.end(),
                     [&](size_t a, size_t b) { return decisions[a] < decisions[b]; });
    std::vector<Pool> pools;
    for (const size_t at : order) {
        if (!pools.empty() && pools.back().last == decisions[at]) {
            Pool &pool = pools.back();
            pool.target += (targets[at] - pool.target) / ++pool.rows;
        } else {
            pools.push_back({decisions[at], decisions[at], targets[at], 1});
        }
    }
    return pools;
}

tl::unexpected<Error> damagedCalibration()
{
    return damagedArtifact(u"its calibration"_s);
}

} // namespace

Calibration Calibration::fit(CalibrationKind kind, std::span<const double> decisions,
                             std::span<const double> targets)
{
    Q_ASSERT(decisions.size() == targets.size());
    std::vector<double> read;
    std::vector<double> wanted;
    for (size_t at = 0; at < decisions.size(); ++at) {
        if (!std::isfinite(decisions[at]) || !std::isfinite(targets[at]))
            continue;
        read.push_back(decisions[at]);
        wanted.push_back(targets[at]);
    }
    Calibration calibration;
    if (read.empty() || kind == CalibrationKind::None)
        return calibration;
    calibration.m_kind = kind;
    if (kind == CalibrationKind::Platt)
        calibration.fitPlatt(read, wanted);
    else
        calibration.fitIsotonic(read, wanted);
    return calibration;
}

void Calibration::fitPlatt(std::span<const double> decisions, std::span<const double> targets)
{
    const double positive = std::accumulate(targets.begin(), targets.end(), 0.0);
    const double negative = double(targets.size()) - positive;
    const double high = (positive + 1) / (positive + 2);
    const double low = 1 / (negative + 2);
    std::vector<double> smooth;
    for (const double target : targets)
        smooth.push_back(low + target * (high - low));
    const Line flat{0, std::log((positive + 1) / (negative + 1))};
    Line line = flat;
    for (int step = 0; step < 100; ++step) {
        const Line next = improved(line, decisions, smooth);
        const bool still =
            std::abs(next.slope - line.slope) + std::abs(next.intercept - line.intercept) < 1e-9;
        line = next;
        if (still)
            break;
    }
    // A falling line says that the model is wrong more often than right, which is chance: no line.
    m_slope = line.slope > 0 ? line.slope : 0;
    m_intercept = line.slope > 0 ? line.intercept : flat.intercept;
}

void Calibration::fitIsotonic(std::span<const double> decisions, std::span<const double> targets)
{
    std::vector<Pool> pools;
    for (Pool pool : sortedRows(decisions, targets)) {
        while (!pools.empty() && pools.back().target >= pool.target) {
            const Pool &before = pools.back();
            const double rows = before.rows + pool.rows;
            pool.target = (before.target * before.rows + pool.target * pool.rows) / rows;
            pool.rows = rows;
            pool.first = before.first;
            pools.pop_back();
        }
        pools.push_back(pool);
    }
    const double edge = 1 / (double(decisions.size()) + 2);
    for (const Pool &pool : pools) {
        const double probability = std::clamp(pool.target, edge, 1 - edge);
        m_decision.push_back(pool.first);
        m_probability.push_back(probability);
        if (pool.last > pool.first) {
            m_decision.push_back(pool.last);
            m_probability.push_back(probability);
        }
    }
}

double Calibration::probability(double decision) const
{
    double p = 0;
    if (m_kind != CalibrationKind::Isotonic) {
        p = logistic(m_slope * decision + m_intercept);
    } else {
        const auto above = std::upper_bound(m_decision.begin(), m_decision.end(), decision);
        const auto at = size_t(above - m_decision.begin());
        if (at == 0) {
            p = m_probability.front();
        } else if (at == m_decision.size()) {
            p = m_probability.back();
        } else {
            const double way =
                (decision - m_decision[at - 1]) / (m_decision[at] - m_decision[at - 1]);
            p = m_probability[at - 1] + way * (m_probability[at] - m_probability[at - 1]);
        }
    }
    return std::clamp(p, kLeast, 1 - kLeast);
}

Json Calibration::toJson() const
{
    switch (m_kind) {
    case CalibrationKind::None:
        break;
    case CalibrationKind::Platt:
        return {{"kind", "platt"}, {"slope", m_slope}, {"intercept", m_intercept}};
    case CalibrationKind::Isotonic:
        return {{"kind", "isotonic"}, {"decisions", m_decision}, {"probabilities", m_probability}};
    }
    return {{"kind", "none"}};
}

Result<Calibration> Calibration::from(const Json &json)
{
    if (!json.is_object())
        return damagedCalibration();
    Calibration calibration;
    const QString kind = jsonString(json, "kind");
    if (kind == "none"_L1)
        return calibration;
    if (kind == "platt"_L1) {
        constexpr double kAbsent = std::numeric_limits<double>::quiet_NaN();
        calibration.m_kind = CalibrationKind::Platt;
        calibration.m_slope = jsonNumber(json, "slope", kAbsent);
        calibration.m_intercept = jsonNumber(json, "intercept", kAbsent);
        if (!std::isfinite(calibration.m_slope) || calibration.m_slope < 0 ||
            !std::isfinite(calibration.m_intercept))
            return damagedCalibration();
        return calibration;
    }
    if (kind != "isotonic"_L1)
        return damagedCalibration();
    calibration.m_kind = CalibrationKind::Isotonic;
    const auto numbers = [&](const char *key) {
        std::vector<double> read;
        for (const Json &number : json.value(key, Json::array())) {
            read.push_back(number.is_number() ? number.get<double>()
                                              : std::numeric_limits<double>::quiet_NaN());
        }
        return read;
    };
    calibration.m_decision = numbers("decisions");
    calibration.m_probability = numbers("probabilities");
    const auto &decision = calibration.m_decision;
    const auto &probability = calibration.m_probability;
    const auto finite = [](double number) { return std::isfinite(number); };
    if (decision.empty() || decision.size() != probability.size() ||
        !std::all_of(decision.begin(), decision.end(), finite) ||
        !std::all_of(probability.begin(), probability.end(), finite) ||
        std::adjacent_find(decision.begin(), decision.end(), std::greater_equal<>()) !=
            decision.end() ||
        !std::is_sorted(probability.begin(), probability.end()) || probability.front() < 0 ||
        probability.back() > 1)
        return damagedCalibration();
    return calibration;
}

} // namespace headgate::learning
