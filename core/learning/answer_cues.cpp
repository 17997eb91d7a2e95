#include "core/learning/answer_cues.h"

#include "core/learning/texts.h"

#include <algorithm>
#include <cmath>

namespace headgate::learning {

using text::FoldedText;

namespace {

constexpr size_t kBeginning = 16; // words of an answer in which it declines
constexpr float kLeastConfidence = -50;

constexpr auto hashes(const auto &...words)
{
    return std::array{text::wordHash(words)...};
}

// Short words without their apostrophes: folding parts "can't" into "can" and "t".
constexpr auto kRefusing = hashes(U"sorry", U"apologize", U"apologise", U"unable", U"decline",
                                  U"refuse", U"inappropriate", U"unfortunately");
constexpr auto kDoubting =
    hashes(U"maybe", U"perhaps", U"might", U"unsure", U"unclear", U"unknown", U"probably",
           U"possibly", U"likely", U"assume", U"assuming", U"guess", U"approximately", U"however",
           U"insufficient", U"ambiguous", U"uncertain", U"seems", U"cannot", U"impossible");
constexpr quint64 kI = text::wordHash(U"i");
constexpr auto kCannot = hashes(U"cannot", U"can", U"could", U"won", U"don", U"am");
constexpr auto kNot = hashes(U"t", U"not", U"unable");

bool contains(const auto &hashes, quint64 hash)
{
    return std::find(hashes.begin(), hashes.end(), hash) != hashes.end();
}

bool isNumber(const FoldedText &folded, const FoldedText::Word &word)
{
    const char32_t first = folded.characters[word.begin];
    return first >= U'0' && first <= U'9';
}

// "sorry", "unable", or "I cannot", "I can't", "I am not" within its first words.
bool isRefusal(const std::vector<FoldedText::Word> &words)
{
    const size_t end = std::min(words.size(), kBeginning);
    for (size_t at = 0; at < end; ++at) {
        if (contains(kRefusing, words[at].hash))
            return true;
        if (words[at].hash != kI || at + 1 >= end || !contains(kCannot, words[at + 1].hash))
            continue;
        if (words[at + 1].hash == kCannot[0] ||
            (at + 2 < end && contains(kNot, words[at + 2].hash)))
            return true;
    }
    return false;
}

void distinctWords(const FoldedText &folded, std::vector<quint64> &hashes)
{
    hashes.clear();
    for (const FoldedText::Word &word : folded.words)
        hashes.push_back(word.hash);
    std::sort(hashes.begin(), hashes.end());
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
}

bool has(const std::vector<quint64> &sorted, quint64 hash)
{
    return std::binary_search(sorted.begin(), sorted.end(), hash);
}

float shareOf(const std::vector<quint64> &words, const std::vector<quint64> &within)
{
    const auto found =
        std::count_if(words.begin(), words.end(), [&](quint64 hash) { return has(within, hash); });
    return words.empty() ? 0 : float(found) / float(words.size());
}

bool endsSentence(QChar last)
{
    return last.isPunct() || last.isSymbol() || last.isDigit();
}

// In the order of AnswerCue.
constexpr std::array<const char *, kAnswerCues> kAnswerCueNames = {
    QT_TRANSLATE_NOOP("headgate::learning", "empty answer"),
    QT_TRANSLATE_NOOP("headgate::learning", "refusal"),
    QT_TRANSLATE_NOOP("headgate::learning", "words of doubt"),
    QT_TRANSLATE_NOOP("headgate::learning", "one letter for an answer"),
    QT_TRANSLATE_NOOP("headgate::learning", "unfinished sentence"),
    QT_TRANSLATE_NOOP("headgate::learning", "repeated words"),
    QT_TRANSLATE_NOOP("headgate::learning", "words that the question has"),
    QT_TRANSLATE_NOOP("headgate::learning", "words of the question taken up"),
    QT_TRANSLATE_NOOP("headgate::learning", "numbers that the question has"),
    QT_TRANSLATE_NOOP("headgate::learning", "last number is one of the question's"),
    QT_TRANSLATE_NOOP("headgate::learning", "length beside the question"),
    QT_TRANSLATE_NOOP("headgate::learning", "log probability is known"),
    QT_TRANSLATE_NOOP("headgate::learning", "probability of the answer"),
    QT_TRANSLATE_NOOP("headgate::learning", "log probability of the answer"),
};

class AnswerReader
{
public:
    AnswerReader(const FoldedText &question, const FoldedText &said, AnswerScratch &scratch)
        : m_question(question)
        , m_said(said)
        , m_scratch(scratch)
    {
        distinctWords(question, scratch.asked);
        distinctWords(said, scratch.said);
    }

    AnswerCues read(QStringView answer, float confidence)
    {
        const QStringView shown = answer.trimmed();
        set(AnswerCue::Empty, m_said.words.empty() ? 1 : 0);
        set(AnswerCue::Refusal, isRefusal(m_said.words) ? 1 : 0);
        set(AnswerCue::Choice,
            m_said.words.size() == 1 && m_said.words[0].end - m_said.words[0].begin == 1 ? 1 : 0);
        set(AnswerCue::Unfinished, shown.isEmpty() || endsSentence(shown.last()) ? 0 : 1);
        set(AnswerCue::FromQuestion, shareOf(m_scratch.said, m_scratch.asked));
        set(AnswerCue::OfQuestion, shareOf(m_scratch.asked, m_scratch.said));
        readWords();
        readConfidence(confidence);
        return m_cues;
    }

private:
    void set(AnswerCue cue, double value)
    {
        m_cues[size_t(cue)] = float(std::clamp(value, 0.0, 1.0));
    }

    void readWords()
    {
        int doubts = 0;
        int numbers = 0;
        int asked = 0;
        bool last = false;
        for (const FoldedText::Word &word : m_said.words) {
            doubts += contains(kDoubting, word.hash) ? 1 : 0;
            if (isNumber(m_said, word)) {
                last = has(m_scratch.asked, word.hash);
                ++numbers;
                asked += last ? 1 : 0;
            }
        }
        const double words = std::max(1.0, double(m_said.words.size()));
        set(AnswerCue::Doubt, doubts / 4.0);
        set(AnswerCue::Numbers, numbers > 0 ? double(asked) / numbers : 0);
        set(AnswerCue::LastNumber, last ? 1 : 0);
        set(AnswerCue::Repeated, 1 - double(m_scratch.said.size()) / words);
        const double longer =
            std::log2((1 + double(m_said.words.size())) / (1 + double(m_question.words.size())));
        set(AnswerCue::Longer, 0.5 + longer / 16);
    }

    void readConfidence(float confidence)
    {
        if (std::isnan(confidence))
            return;
        const float known = std::clamp(confidence, kLeastConfidence, 0.0F);
        set(AnswerCue::Confidence, 1);
        set(AnswerCue::Probability, std::exp(double(known)));
        set(AnswerCue::Certainty,
            1 - std::log1p(-double(known)) / std::log1p(-double(kLeastConfidence)));
    }

    const FoldedText &m_question;
    const FoldedText &m_said;
    AnswerScratch &m_scratch;
    AnswerCues m_cues{};
};

} // namespace

AnswerCues readAnswerCues(const FoldedText &question, QStringView answer, const FoldedText &said,
                          float confidence, AnswerScratch &scratch)
{
    return AnswerReader(question, said, scratch).read(answer, confidence);
}

QString answerCueName(AnswerCue cue)
{
    return Texts::tr(kAnswerCueNames[size_t(cue)]);
}

} // namespace headgate::learning
