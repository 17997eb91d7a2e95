#pragma once

#include "core/simulation/simulated_model.h"

#include <QByteArray>
#include <QStringList>

#include <optional>

namespace headgate::simulation {

// What a model is asked, and within which bounds.
struct AnswerRequest
{
    QString question;     // the last user message
    QString instructions; // the system messages before it
    bool asJson = false;  // the answer must be one JSON object
    std::optional<qint64> maxTokens;
    QStringList stops; // the answer ends before the first of these
    // A temperature above 0 with a seed: another of the answers that the model may give.
    std::optional<quint64> sample;
};

struct SimulatedAnswer
{
    QList<QByteArray> tokens;       // UTF-8, about four bytes each, whole characters
    QList<double> logProbabilities; // natural log, one a token
    QString finishReason;           // "stop" or "length"
    std::chrono::nanoseconds firstTokenDelay{0};
    std::chrono::nanoseconds tokenInterval{0};

    QByteArray text() const { return tokens.join(); }
};

// The model's answer: for a practice prompt right or plausibly wrong, now and then refused or cut
// short; to a judge's question a verdict; for anything else the words that it is simulated. Depends
// on the arguments alone.
// Texts start with "[simulated]", but for JSON, which must parse.
SimulatedAnswer answerOf(const SimulatedModel &model, const AnswerRequest &request,
                         quint64 fleetSeed);

} // namespace headgate::simulation
