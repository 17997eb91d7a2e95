#pragma once

#include "core/common/json.h"
#include "core/learning/training_set.h"

#include <limits>

namespace headgate::learning {

// What a trained model reads. The views outlive the call.
struct PromptInput
{
    QStringView prompt;
    // Of models of TargetKind::Rightness: what is judged, who answered (empty: any model), and the
    // log probability of the answer, at most 0 (NaN: not known).
    QStringView answer = {};
    QStringView answering = {};
    float confidence = std::numeric_limits<float>::quiet_NaN();
    std::span<const float> embedding = {}; // by the model's embedder(), where it names one
};

struct Prediction
{
    std::vector<double> values; // one an output, as its TargetKind says; each in [0, 1], never NaN
    // How much the prompt is like those that were trained on: the share of held-out training
    // prompts that lay as far off or farther, in [0, 1]. Off its own ground a router does worse
    // than no router at all, so nodes send what lies below a floor to their "unsure" port.
    double familiarity = 1;
};

// What pushed a prediction: a word with its weight for the output (positive: towards it), or a
// reference prompt with its similarity.
struct Reason
{
    QString text;
    double weight = 0;
    bool isPrompt = false; // a reference prompt; else a word or a cue

    bool operator==(const Reason &) const = default;
};

// What training made, ready to decide. Immutable after construction, so one instance may be used
// from several threads at once; the same input gives the same prediction.
class PromptModel
{
public:
    virtual ~PromptModel() = default;

    virtual TargetKind kind() const = 0;
    virtual const QStringList &outputs() const = 0;
    // Whose embeddings it wants with each prompt; empty: it reads the text alone.
    virtual QString embedder() const { return {}; }
    virtual qsizetype embeddingSize() const { return 0; }

    // Fast: no more than the arithmetic. Any text is allowed, the empty one included. An embedding
    // of another size than embeddingSize() is the caller's bug.
    virtual Prediction predict(const PromptInput &input) const = 0;
    // The strongest reasons for that output, at most `most`, strongest first. Slower: for a trace.
    virtual QList<Reason> explain(const PromptInput &input, qsizetype output,
                                  qsizetype most) const = 0;
};

} // namespace headgate::learning
