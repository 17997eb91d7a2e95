#pragma once

#include "core/common/result.h"
#include "core/learning/artifact.h"
#include "core/learning/matrix.h"
#include "core/text/prompt_cues.h"

#include <QStringList>

#include <stop_token>

namespace headgate::learning {

struct FeatureOptions
{
    int wordGrams = 2;     // words in a row, up to so many; 0: none
    int characterFrom = 3; // characters in a row, within a word and its borders
    int characterTo = 5;   // 0: none
    int bits = 18;         // of the hash: 2^bits columns
    bool cues = true;      // length, digits, code, question form, language as columns of their own
    int minimumTexts = 1;  // grams of fewer texts do not count
    int mostGrams = 0;     // those of most weight in all texts; 0: no bound

    bool operator==(const FeatureOptions &) const = default;
};

// Room for one row, kept between calls so that reading a prompt allocates nothing.
struct FeatureRow
{
    std::vector<quint32> column; // rising
    std::vector<float> value;

    // What reading needs on the way.
    text::FoldedText folded;
    std::vector<quint32> hits;
    std::vector<quint32> sorted;

    SparseRow view() const { return {column, value}; }
};

// A text with the column that it counts in and what it adds there.
struct NamedFeature
{
    QString name; // the gram as it stands in the folded text, or what a cue is called
    quint32 column = 0;
    float value = 0;
};

// What prompts look like to a learner: hashed n-grams weighted by sublinear TF-IDF (1 + ln tf) x
// (1 + ln((1 + n) / (1 + df))), each row of Euclidean length 1, and cues beside them, each in
// [0, 1]. A gram of no text that it was fitted on has no place in a row, so a text of such alone
// (or an empty one) has cues at most. Reads the first text::kGramSample units. Fitted on texts
// once, then immutable; any thread.
class FeatureSpace
{
public:
    // Whether the options are in their ranges.
    static bool takes(const FeatureOptions &options);
    // Of such options. Where it is stopped, the result is of the texts until then.
    static FeatureSpace fit(const QStringList &texts, const FeatureOptions &options,
                            std::stop_token stop = {});
    // Damaged where its blocks are not as addTo() wrote them.
    static Result<FeatureSpace> from(const Artifact &artifact,
                                     const QString &name = QStringLiteral("features"));
    // Under that name in the header, and as one block.
    void addTo(Artifact &artifact, const QString &name = QStringLiteral("features")) const;

    quint32 columns() const { return grams() + (m_options.cues ? quint32(text::kPromptCues) : 0); }
    // Of a column before the cues, and of a gram; 0: it does not count.
    float inverseFrequency(quint32 column) const { return m_inverseFrequency[column]; }
    float inverseFrequencyOf(quint64 gram) const { return m_inverseFrequency[columnOf(gram)]; }
    qsizetype texts() const { return m_texts; }                    // that it was fitted on
    quint32 grams() const { return quint32(1) << m_options.bits; } // the columns before the cues
    const FeatureOptions &options() const { return m_options; }
    void read(QStringView text, FeatureRow &row) const;
    // The grams alone, of what text::fold() left in the row.
    void readFolded(FeatureRow &row) const;
    // Fewer rows where it is stopped.
    SparseMatrix read(const QStringList &texts, std::stop_token stop = {}) const;
    // The same with the names, for an explanation.
    std::vector<NamedFeature> named(QStringView text) const;

private:
    quint32 columnOf(quint64 hash) const { return quint32(hash >> (64 - m_options.bits)); }
    text::GramOptions gramOptions() const
    {
        return {m_options.wordGrams, m_options.characterFrom, m_options.characterTo};
    }
    void keepMost(const std::vector<quint32> &frequency);
    void findHits(FeatureRow &row) const;
    void weigh(FeatureRow &row) const;
    void appendCues(QStringView text, FeatureRow &row) const;

    FeatureOptions m_options;
    qsizetype m_texts = 0;
    std::vector<float>
        m_inverseFrequency; // by column of the hash; 0: in no text that it was fitted on
};

} // namespace headgate::learning
