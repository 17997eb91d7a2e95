#include "core/evaluation/recording/recording_work.h"

#include "core/evaluation/recording/content_address.h"

#include <algorithm>

namespace headgate::evaluation {

namespace {

constexpr qsizetype kPromptsRead = 256; // at a time

QList<Message> messagesOf(const DatasetPrompt &prompt)
{
    return prompt.messages.isEmpty()
               ? QList<Message>{{.role = Message::Role::User, .text = prompt.prompt}}
               : prompt.messages;
}

const RecordedOutcome *find(const QList<RecordedOutcome> &known, const ModelMark &mark)
{
    const auto found = std::find_if(known.begin(), known.end(),
                                    [&mark](const auto &each) { return each.model == mark; });
    return found != known.end() ? &*found : nullptr;
}

} // namespace

RecordingWork::RecordingWork(DatasetStore &store, RecordingPlan plan, bool graded)
    : m_store(store)
    , m_plan(std::move(plan))
    , m_graded(graded)
{
    for (const policy::Model &model : std::as_const(m_plan.models))
        m_marks.append(markOf(model));
}

Result<QList<RecordingItem>> RecordingWork::next(qsizetype most)
{
    while (qsizetype(m_items.size()) < most) {
        const auto more = readOn();
        if (!more)
            return tl::unexpected(more.error());
        if (!*more)
            break;
    }
    QList<RecordingItem> items;
    while (!m_items.empty() && items.size() < most) {
        items.append(std::move(m_items.front()));
        m_items.pop_front();
    }
    return items;
}

// False at the end.
Result<bool> RecordingWork::readOn()
{
    const auto prompts = m_store.promptsAfter(m_plan.dataset, m_row, kPromptsRead);
    if (!prompts)
        return tl::unexpected(prompts.error());
    if (prompts->isEmpty())
        return false;
    const auto known =
        m_store.outcomesOf(m_plan.dataset, prompts->constFirst().row, prompts->constLast().row);
    if (!known)
        return tl::unexpected(known.error());
    auto next = known->cbegin();
    for (const StoredPrompt &prompt : *prompts) {
        QList<RecordedOutcome> ofRow;
        for (; next != known->cend() && next->row == prompt.row; ++next)
            ofRow.append(*next);
        if (m_plan.mostPrompts && m_prompts >= *m_plan.mostPrompts)
            return false;
        if (auto taken = take(prompt, ofRow); !taken)
            return tl::unexpected(std::move(taken.error()));
        m_row = prompt.row;
    }
    return true;
}

Result<> RecordingWork::take(const StoredPrompt &prompt, const QList<RecordedOutcome> &known)
{
    const std::size_t before = m_items.size();
    for (qsizetype model = 0; model < m_marks.size(); ++model) {
        auto item = itemOf(prompt, model, known);
        if (!item)
            return tl::unexpected(std::move(item.error()));
        if (*item)
            m_items.push_back(std::move(**item));
    }
    m_prompts += m_items.size() > before ? 1 : 0;
    return {};
}

// None: nothing is left to do.
Result<std::optional<RecordingItem>> RecordingWork::itemOf(const StoredPrompt &prompt,
                                                           qsizetype model,
                                                           const QList<RecordedOutcome> &known)
{
    RecordingItem item{.row = prompt.row,
                       .model = model,
                       .prompt = prompt.prompt,
                       .messages = messagesOf(prompt.prompt)};
    item.content = contentAddress(m_plan.models.at(model), item.messages);
    if (const RecordedOutcome *there = find(known, m_marks.at(model))) {
        const bool hasText = !there->answer.isEmpty() || !there->content.isEmpty();
        if (!m_graded || !hasText || there->figures.quality)
            return std::nullopt;
        item.answered = *there;
        return item;
    }
    auto before = m_store.answeredBefore(item.content);
    if (!before)
        return tl::unexpected(std::move(before.error()));
    if (!*before)
        return item;
    RecordedOutcome outcome = **std::move(before);
    outcome.row = prompt.row;
    outcome.model = m_marks.at(model);
    // Another data set expects another answer.
    outcome.figures.quality.reset();
    outcome.why.clear();
    outcome.vote.reset();
    item.answered = std::move(outcome);
    return item;
}

} // namespace headgate::evaluation
