#pragma once

#include "core/text/hashed_features.h"

#include <array>

namespace headgate::learning {

// What an answer is like beside its question; what any text is like is text::PromptCue.
enum class AnswerCue : quint8 {
    Empty,        // 1: it says nothing
    Refusal,      // 1: its beginning declines or apologises
    Doubt,        // words of doubt, of four of them: 1
    Choice,       // 1: it is one letter to choose
    Unfinished,   // 1: its last character ends no sentence
    Repeated,     // share of its words that were there before
    FromQuestion, // share of its words that the question has
    OfQuestion,   // share of the question's words that it has
    Numbers,      // share of its numbers that the question has
    LastNumber,   // 1: its last number is one of the question's
    Longer,       // logarithm of its words to the question's: 1/2 is as many
    Confidence,   // 1: its log probability is known
    Probability,  // of the answer, where that is known
    Certainty,    // the same by its logarithm: 1 is sure, 0 is e^-50
};
inline constexpr size_t kAnswerCues = size_t(AnswerCue::Certainty) + 1;

// One a cue, each in [0, 1].
using AnswerCues = std::array<float, kAnswerCues>;

// What reading needs on the way, kept between calls.
struct AnswerScratch
{
    std::vector<quint64> asked;
    std::vector<quint64> said;
};

// `question` and `said` are what fold() made of both texts, `answer` the text itself; `confidence`
// is its log probability, or NaN. Any text; no allocation once the scratch has grown.
AnswerCues readAnswerCues(const text::FoldedText &question, QStringView answer,
                          const text::FoldedText &said, float confidence, AnswerScratch &scratch);

// As explanations call it: "words of doubt".
QString answerCueName(AnswerCue cue);

} // namespace headgate::learning
