#include "core/learning/linear_training.h"

#include <array>

namespace headgate::learning {

using namespace Qt::StringLiterals;

namespace {

constexpr double kLeastStrength = 1e-4;
constexpr double kMostStrength = 1e4;
// What "auto" chooses from.
constexpr std::array kStrengths{0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0};

CalibrationKind calibrationKind(const QString &name)
{
    return name == "platt"_L1      ? CalibrationKind::Platt
           : name == "isotonic"_L1 ? CalibrationKind::Isotonic
                                   : CalibrationKind::None;
}

std::vector<double> strengths(OptionReader &reader)
{
    if (!reader.isText("strength"))
        return {reader.number("strength", kLeastStrength, kMostStrength)};
    reader.choice("strength", {u"auto"_s});
    return {kStrengths.begin(), kStrengths.end()};
}

} // namespace

Json linearDefaults()
{
    return {{"word_grams", 3},  {"character_from", 3},    {"character_to", 0},
            {"bits", 20},       {"cues", true},           {"strength", "auto"},
            {"balance", false}, {"calibration", "platt"}, {"folds", 5}};
}

LinearOptions linearOptions(OptionReader &reader)
{
    LinearOptions options;
    FeatureOptions &features = options.input.features;
    features.wordGrams = reader.integer("word_grams", 0, 5);
    features.characterTo = reader.integer("character_to", 0, 8);
    features.characterFrom =
        reader.integer("character_from", 1, features.characterTo > 0 ? features.characterTo : 8);
    features.bits = reader.integer("bits", 8, 22);
    features.cues = reader.flag("cues");
    options.strengths = strengths(reader);
    options.balance = reader.flag("balance");
    options.calibration =
        calibrationKind(reader.choice("calibration", {u"platt"_s, u"isotonic"_s, u"none"_s}));
    options.folds = reader.integer("folds", 2, 20);
    return options;
}

} // namespace headgate::learning
