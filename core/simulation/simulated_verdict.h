#pragma once

#include "core/simulation/simulated_answer.h"

namespace headgate::simulation {

// What a simulated model says where it is asked to judge an answer: by a message that is a JSON
// object with a "question" and an "answer", after instructions that name full marks ("a number from
// 0 to 10"). It knows the right answers of the practice prompts, and is mistaken in a judgement
// about as often as it would be in an answer; of other questions it says that it cannot tell. None
// for any other message. Depends on the arguments alone.
std::optional<QString> verdictOf(const SimulatedModel &model, const AnswerRequest &request,
                                 quint64 fleetSeed);

} // namespace headgate::simulation
