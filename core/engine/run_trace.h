#pragma once

#include "core/catalog/model_catalog.h"
#include "core/catalog/surcharge.h"
#include "core/policy/policy_document.h"
#include "core/policy/query.h"

#include <QDateTime>
#include <QMetaType>

#include <chrono>

namespace headgate::engine {

// Hop::kind of a call that a gate or a router needs for itself, in place of its node's: it stands
// before the hop of that node, and what it replies is no answer to the query.
constexpr QLatin1StringView kJudgeCall{"judge"};
constexpr QLatin1StringView kEmbeddingCall{"embedding"};

// Whether a hop of the kind is a gate's: its score, or a call that its scorers need.
bool isOfGate(const QString &kind);

enum class CostOrigin { Exact, ProviderReported, EstimatedTokens, UnknownPrice };

// One action of a run: a decision, one attempt of a call, a score, the answer.
struct Hop
{
    policy::NodeId node;
    QString kind;  // of the node, or kJudgeCall, kEmbeddingCall
    QString title; // of the node, as it was then
    // Calls only:
    QString askedModel; // name in the policy
    QString provider;
    QString chosenModel;   // the provider's id that was asked for
    QString servedModel;   // the one that says it answered
    int attempt = 0;       // from 1, over all models of the node
    bool fallback = false; // the model took the place of the node's own
    bool hedge = false;    // a second request beside one that was slow
    QString finishReason;
    QString requestId;
    catalog::TokenUsage usage;
    std::optional<catalog::PriceQuote> quote; // what was charged; a surcharge is part of it
    catalog::Surcharge surcharge{};
    int httpStatus = 0;
    std::chrono::nanoseconds waited{}; // back-off before this attempt; not part of start..end
    bool discarded = false;            // its text was cut or rejected

    std::chrono::nanoseconds start{};                   // since the run's start
    std::optional<std::chrono::nanoseconds> firstToken; // since the run's start
    std::chrono::nanoseconds end{};
    Money cost;
    CostOrigin costOrigin = CostOrigin::Exact;
    std::optional<double> score;
    std::optional<double> threshold;
    // Of a gate: scorersMark() of what judged; empty where it is not known.
    QString scorers;
    QString port;         // taken; empty where the run went on at the node (a retry) or ended
    QString why;          // one sentence
    QString failureClass; // empty: no failure
    QString error;        // sentence
    QString text; // of a call: its answer, for the view; the ledger keeps it only if allowed

    // A call of a model node: its reply is, or could have been, the answer.
    bool asksForAnswer() const
    {
        return attempt > 0 && kind != kJudgeCall && kind != kEmbeddingCall;
    }
    bool operator==(const Hop &) const = default;
};

// Why a query was asked: by itself, or to record what a model answers to a case of a data set.
enum class RunOrigin { Live, Recorded };

enum class RunStatus { Answered, LimitedAnswer, Failed, Cancelled };

// The whole story of one query: what was asked, every hop, and what it came to.
struct RunTrace
{
    QString id; // UUID
    QString policyName;
    QString policyVersion; // hash of what it routes by, 12 hex digits
    policy::Query query;
    QDateTime startedAt; // UTC
    QList<Hop> hops;
    RunStatus status = RunStatus::Failed;
    QString answer;
    QString answeringModel; // name in the policy; empty if none
    qsizetype answeringHop = -1;
    Money cost; // of all hops; those with an unknown price are not in it
    int unknownPrices = 0;
    std::chrono::nanoseconds latency{};
    std::optional<std::chrono::nanoseconds> firstToken; // of the answering hop
    QString baseline;                                   // model name; empty: none
    // The deployment that the baseline named then; empty where the policy has none.
    QString baselineProvider;
    QString baselineModelId;
    catalog::Surcharge baselineSurcharge{}; // that its parameters asked for
    // What the baseline's price makes of the answering hop's tokens (the prompt's and the
    // answer's).
    std::optional<Money> baselineCost;
    bool baselineEstimated = true; // its tokens are not measured
    bool simulated = false;        // any call went to the simulated fleet
    RunOrigin origin = RunOrigin::Live;
    QString error; // sentence, where there is no answer

    std::optional<Money> saving() const
    {
        return baselineCost ? std::optional(*baselineCost - cost) : std::nullopt;
    }
    bool operator==(const RunTrace &) const = default;
};

// "answered", "limited_answer", "failed", "cancelled": as files and the ledger spell them.
QLatin1String nameOf(RunStatus status);
// "exact", "provider_reported", "estimated_tokens", "unknown_price".
QLatin1String nameOf(CostOrigin origin);
// "live", "recorded".
QLatin1String nameOf(RunOrigin origin);
std::optional<RunStatus> runStatusFrom(const QString &name);
std::optional<CostOrigin> costOriginFrom(const QString &name);
std::optional<RunOrigin> runOriginFrom(const QString &name);

// For people and tools. Times are in milliseconds since the run's start ("start_ms"), money stands
// twice: "cost_usd" as an exact decimal text, "cost_nanousd" as an integer. Members that do not
// concern a hop are left out; an unknown figure is null. No text holds a key (redaction.h).
Json toJson(const RunTrace &trace);
// Twelve hex digits that change with the scorers of a gate (its config field), their weights or
// options: scores are compared only where they are the same.
QString scorersMark(const Json &scorers);
// "Query › Finch-mini › Gate 1: 0.47 › Heron (egret)". Attempts at one node are named once, by the
// last; a fallback stands in parentheses.
QString pathText(const RunTrace &trace);

} // namespace headgate::engine

Q_DECLARE_METATYPE(headgate::engine::RunTrace)
