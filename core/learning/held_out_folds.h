#pragma once

#include <QStringList>

#include <vector>

namespace headgate::learning {

// The fold of each row, in [0, folds): equal prompts share one, so that a prompt that several rows
// have is never trained on and held out at once. The folds are drawn from the seed and have as many
// prompts each, give or take one.
std::vector<quint8> heldOutFolds(const QStringList &prompts, int folds, quint64 seed);

} // namespace headgate::learning
