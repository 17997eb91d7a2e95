#include "core/routers/reference_space.h"

#include "core/text/hashed_features.h"

#include <QSet>

#include <algorithm>
#include <cmath>

namespace headgate::routers {

namespace {

// Cues such as length would make all questions alike.
constexpr learning::FeatureOptions kOptions{.cues = false};

float squaredWeight(qsizetype references, int holding)
{
    const double weight = 1 + std::log(double(1 + references) / double(1 + holding));
    return float(weight * weight);
}

} // namespace

ReferenceSpace::ReferenceSpace(const QStringList &prompts)
    : m_count(prompts.size())
    , m_space(learning::FeatureSpace::fit(prompts, kOptions))
{
    QHash<quint64, int> holding;
    text::FoldedText folded;
    for (const QString &prompt : prompts) {
        text::fold(prompt, folded);
        QSet<quint64> words;
        for (const text::FoldedText::Word &word : folded.words)
            words.insert(word.hash);
        for (const quint64 word : std::as_const(words))
            ++holding[word];
    }
    for (auto word = holding.cbegin(); word != holding.cend(); ++word)
        m_wordWeights.insert(word.key(), squaredWeight(m_count, word.value()));
    m_unknownWeight = squaredWeight(m_count, 0);
    learning::FeatureRow row;
    for (qsizetype reference = 0; reference < m_count; ++reference) {
        m_space.read(prompts[reference], row);
        for (size_t place = 0; place < row.column.size(); ++place)
            m_postings.push_back({row.column[place], quint32(reference), row.value[place]});
    }
    std::stable_sort(m_postings.begin(), m_postings.end(),
                     [](const Posting &a, const Posting &b) { return a.column < b.column; });
}

void ReferenceSpace::similarities(QStringView prompt, std::vector<float> &each) const
{
    each.assign(size_t(m_count), 0.0F);
    thread_local learning::FeatureRow row;
    m_space.read(prompt, row);
    auto posting = m_postings.begin();
    for (size_t place = 0; place < row.column.size(); ++place) {
        const quint32 column = row.column[place];
        posting = std::lower_bound(posting, m_postings.end(), column,
                                   [](const Posting &p, quint32 c) { return p.column < c; });
        for (; posting != m_postings.end() && posting->column == column; ++posting)
            each[posting->reference] += row.value[place] * posting->value;
    }
    const float known = knownShare(prompt);
    for (float &similarity : each)
        similarity = std::clamp(similarity * known, 0.0F, 1.0F);
}

// The length of the prompt within the space, beside its whole length: the space knows nothing of
// other words, and would take what is left for all of it.
float ReferenceSpace::knownShare(QStringView prompt) const
{
    thread_local text::FoldedText folded;
    text::fold(prompt, folded);
    float known = 0;
    float unknown = 0;
    for (const text::FoldedText::Word &word : folded.words) {
        const auto weight = m_wordWeights.constFind(word.hash);
        if (weight != m_wordWeights.cend())
            known += *weight;
        else
            unknown += m_unknownWeight;
    }
    return known > 0 ? std::sqrt(known / (known + unknown)) : 0;
}

} // namespace headgate::routers
