#pragma once

#include "core/learning/feature_space.h"

namespace headgate::routers {

// Reference prompts in the space of their own words, and how like them a prompt is. There are few
// enough that the space keeps all of its dimensions. Immutable; any thread.
class ReferenceSpace
{
public:
    explicit ReferenceSpace(const QStringList &prompts);

    // The cosine with each reference, in [0, 1].
    void similarities(QStringView prompt, std::vector<float> &each) const;

private:
    struct Posting
    {
        quint32 column = 0;
        quint32 reference = 0;
        float value = 0;
    };

    qsizetype m_count = 0;
    learning::FeatureSpace m_space;
    std::vector<Posting> m_postings; // by column
};

} // namespace headgate::routers
