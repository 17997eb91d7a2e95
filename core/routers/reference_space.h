#pragma once

#include "core/learning/feature_space.h"

#include <QHash>

namespace headgate::routers {

// Reference prompts in the space of their own words, and how like them a prompt is. There are few
// enough that the space keeps all of its dimensions; words of a prompt that none of them has count
// against it. Immutable; any thread.
class ReferenceSpace
{
public:
    explicit ReferenceSpace(const QStringList &prompts);

    // With each reference, in [0, 1].
    void similarities(QStringView prompt, std::vector<float> &each) const;

private:
    struct Posting
    {
        quint32 column = 0;
        quint32 reference = 0;
        float value = 0;
    };

    float knownShare(QStringView prompt) const;

    qsizetype m_count = 0;
    QHash<quint64, float> m_wordWeights; // squared, by the word's hash
    float m_unknownWeight = 0;           // likewise, of a word in none of them
    learning::FeatureSpace m_space;
    std::vector<Posting> m_postings; // by column
};

} // namespace headgate::routers
