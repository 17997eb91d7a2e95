#pragma once

#include "core/common/message.h"
#include "core/evaluation/prompt_split.h"

#include <QDateTime>

namespace headgate::evaluation {

enum class DatasetId : qint64 {};

struct DatasetPrompt
{
    QString id{};     // unique within the data set
    QString prompt{}; // the last user message: what routers read, and what decides the part
    QList<Message> messages{}; // the whole conversation; empty: the prompt alone
    QString expected{};        // answer; empty: none
    QString subset{};          // subject or task; empty: none
    Json metadata = Json::object();

    bool operator==(const DatasetPrompt &) const = default;
};

// A prompt with its place in the data set.
struct StoredPrompt
{
    qint64 row = 0; // in the file that it came from, from 1; ascending, not without gaps
    Part part{};
    DatasetPrompt prompt{};
};

struct DatasetSummary
{
    DatasetId id{};
    QString name{};
    Json grader = Json::object(); // {"kind": …, options}; empty: none chosen yet
    QString source{};             // where the prompts came from, for people
    QDateTime createdAt{};        // UTC
    qint64 train = 0;             // prompts of each part
    qint64 validation = 0;
    qint64 test = 0;
    bool hasOutcomes = false; // of any model

    qint64 prompts() const { return train + validation + test; }
};

} // namespace headgate::evaluation
