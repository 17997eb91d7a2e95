#pragma once

#include "core/simulation/simulated_model.h"

#include <QByteArray>
#include <QStringList>

#include <optional>

namespace headgate::simulation {

// What a model is asked, and within which bounds.
struct AnswerRequest
{
    QString question;    // the last user message
    bool asJson = false; // the answer must be one JSON object
    std::optional<qint64> maxTokens;
    QStringList stops; // the answer ends before the first of these
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
// short; for anything else the words that it is simulated. Depends on the arguments alone.
// Texts start with "[simulated]", but for JSON, which must parse.
SimulatedAnswer answerOf(const SimulatedModel &model, const AnswerRequest &request,
                         quint64 fleetSeed);

} // namespace headgate::simulation
