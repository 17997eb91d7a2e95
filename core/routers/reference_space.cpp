#include "core/routers/reference_space.h"

#include <algorithm>

namespace headgate::routers {

namespace {

// Cues such as length would make all questions alike.
constexpr learning::FeatureOptions kOptions{.cues = false};

} // namespace

ReferenceSpace::ReferenceSpace(const QStringList &prompts)
    : m_count(prompts.size())
    , m_space(learning::FeatureSpace::fit(prompts, kOptions))
{
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
    for (float &similarity : each)
        similarity = std::clamp(similarity, 0.0F, 1.0F);
}

} // namespace headgate::routers
