#pragma once

#include "core/learning/learner.h"

namespace headgate::learning {

// Logistic regression over n-grams and cues of a text, over embeddings, or over both: one
// regression a label, or a model whose quality it expects, or of answers being right.
std::shared_ptr<const Learner> makeLinearLearner();
// FrugalGPT's scorer (Chen, Zaharia and Zou, "FrugalGPT: How to use large language models while
// reducing cost and improving performance", 2023): from a query and an answer to the probability
// that the answer is right; for all models alike, or with weights of each model's own for the cues
// of its answers.
std::shared_ptr<const Learner> makeScorerLearner();
// k nearest neighbours among the prompts: they vote for a label, or on the quality of each model,
// by their similarity; too few of them leave it to the mean of all.
std::shared_ptr<const Learner> makeNearestLearner();
// RouteLLM's matrix factorisation (factorization.h): the mean probability of each model to beat
// one of the others.
std::shared_ptr<const Learner> makeFactorizationLearner();
// RouteLLM's similarity-weighted ranking (Ong et al., "RouteLLM: Learning to Route LLMs with
// Preference Data", 2024, section 4.2): for each query the strengths of the models by Bradley and
// Terry, from who beat whom on the prompts that it was trained on, each weighing
// gamma^(1 + similarity / largest similarity). Where RouteLLM puts models into tiers, since few of
// its pairs met, every row here has all of its pairs.
std::shared_ptr<const Learner> makeRankingLearner();

} // namespace headgate::learning
