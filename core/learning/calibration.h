#pragma once

#include "core/common/json.h"

#include <span>
#include <vector>

namespace headgate::learning {

enum class CalibrationKind { None, Platt, Isotonic };

// Turns decisions of a model into probabilities that hold. Fitted on decisions about rows that the
// model was not fitted on: those of its own rows are too sure of themselves. Never falling, so that
// the order of two decisions stays or becomes a tie; any thread.
class Calibration
{
public:
    // The logistic function alone.
    Calibration() = default;

    // Rows whose target is not a number count for nothing; with no row left, or none that tells
    // decisions apart, the result is the logistic function or what the targets are on average.
    static Calibration fit(CalibrationKind kind, std::span<const double> decisions,
                           std::span<const double> targets);

    // In (0, 1), never NaN.
    double probability(double decision) const;
    CalibrationKind kind() const { return m_kind; }

    Json toJson() const;
    // Damaged where it is not what toJson() wrote.
    static Result<Calibration> from(const Json &json);

private:
    // Platt, "Probabilistic outputs for support vector machines", 1999: a logistic function of
    // slope and intercept, towards targets that keep a little of the other class; by the Newton
    // method of Lin, Lin and Weng, "A note on Platt's probabilistic outputs for support vector
    // machines", Machine Learning 68, 2007. A target between 0 and 1 lies as far between the two.
    void fitPlatt(std::span<const double> decisions, std::span<const double> targets);
    // Zadrozny and Elkan, "Transforming classifier scores into accurate multiclass probability
    // estimates", 2002: the best function that never falls, by pooling adjacent violators; linear
    // between its steps, and kept as far from 0 and 1 as that many rows can tell.
    void fitIsotonic(std::span<const double> decisions, std::span<const double> targets);

    CalibrationKind m_kind = CalibrationKind::None;
    double m_slope = 1; // at least 0
    double m_intercept = 0;
    std::vector<double> m_decision;    // rising
    std::vector<double> m_probability; // never falling
};

} // namespace headgate::learning
