#pragma once

#include "core/learning/learner.h"

namespace headgate::learning {

// Logistic regression over n-grams and cues of a text, over embeddings, or over both: one
// regression a label, or a model whose quality it expects, or of answers being right.
std::shared_ptr<const Learner> makeLinearLearner();
// FrugalGPT's scorer (Chen, Zaharia and Zou, "FrugalGPT: How to use large language models while
// reducing cost and improving performance", 2023): from a query and an answer to the probability
// that the answer is right; for all models alike, or one regression a model.
std::shared_ptr<const Learner> makeScorerLearner();

} // namespace headgate::learning
