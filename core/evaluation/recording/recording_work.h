#pragma once

#include "core/evaluation/datasets/dataset_store.h"
#include "core/evaluation/recording/recording_plan.h"

#include <deque>

namespace headgate::evaluation {

// One thing that is left to do: ask a model, or grade what it answered before.
struct RecordingItem
{
    qint64 row = 0;
    qsizetype model = 0; // of the plan
    DatasetPrompt prompt{};
    QList<Message> messages{}; // what is asked
    QByteArray content{};      // their address
    // What was answered before: here, and not graded, or to the same question of another data set.
    // Its row and model are those of this item.
    std::optional<RecordedOutcome> answered{};
};

// Finds what is left of a plan, prompt by prompt, so that whatever is done when a recording ends
// holds all models on the same prompts. On the thread of the store, which outlives it.
class RecordingWork
{
public:
    // Without a grader nothing is left to do where a model has answered.
    RecordingWork(DatasetStore &store, RecordingPlan plan, bool graded);

    // At most that many; fewer only at the end.
    [[nodiscard]] Result<QList<RecordingItem>> next(qsizetype most);

private:
    Result<bool> readOn();
    Result<> take(const StoredPrompt &prompt, const QList<RecordedOutcome> &known);
    Result<std::optional<RecordingItem>> itemOf(const StoredPrompt &prompt, qsizetype model,
                                                const QList<RecordedOutcome> &known);

    DatasetStore &m_store;
    RecordingPlan m_plan;
    QList<ModelMark> m_marks; // of the plan's models
    bool m_graded = false;
    qint64 m_row = 0;     // read last
    qint64 m_prompts = 0; // that had something left
    std::deque<RecordingItem> m_items;
};

} // namespace headgate::evaluation
