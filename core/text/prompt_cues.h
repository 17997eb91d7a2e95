#pragma once

#include "core/text/hashed_features.h"

#include <array>

namespace headgate::text {

// What a prompt is like apart from its words. Shares are of the characters that are no space,
// or of the words; marks are 1 where the cue begins a sentence, 1/2 where it stands elsewhere.
enum class PromptCue : quint8 {
    Length,       // logarithm of the UTF-16 units, of 2^20 of them: 1
    Words,        // logarithm of the words, of 2^14 of them: 1
    WordLength,   // mean of it, of 16 characters: 1
    Lines,        // logarithm of the lines, of 2^10 of them: 1
    Digits,       // share
    Numbers,      // share of the words
    UpperCase,    // share
    Punctuation,  // share
    OtherLetters, // share of letters beyond ASCII
    Unspaced,     // share of the words: Chinese and Japanese characters, and signs
    Code,         // 1: it holds program code
    Formula,      // signs that formulas have, of four of them: 1
    Blank,        // 1: a blank to be filled in, "___"
    Choices,      // lines that begin as answers to choose from do, of five of them: 1
    QuestionMark, // 1: there is one
    English,      // share of the words: the commonest of English
    What,         // marks
    Which,
    Who,
    When,
    Where,
    Why,
    How,
    HowMany,
    YesOrNo, // begins a sentence as a question of yes or no does: 1
    Instruction,
    Negation,
};
inline constexpr size_t kPromptCues = size_t(PromptCue::Negation) + 1;

// One a cue, each in [0, 1].
using PromptCues = std::array<float, kPromptCues>;

// `folded` is what fold() made of the text. Linear in the first kGramSample units; no allocation.
PromptCues readPromptCues(QStringView text, const FoldedText &folded);

// As explanations call it: "share of digits".
QString promptCueName(PromptCue cue);

} // namespace headgate::text
