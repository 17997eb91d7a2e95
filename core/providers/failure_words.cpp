#include "core/providers/failure_words.h"

#include <array>

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

struct StatusRule
{
    int from = 0;
    int to = 0;
    FailureClass failureClass = FailureClass::Request;
    Advice advice = Advice::Stop;
};

// The first that matches.
constexpr std::array kStatusRules{
    StatusRule{401, 401, FailureClass::Auth, Advice::Next},
    StatusRule{402, 402, FailureClass::Credit, Advice::Next},
    StatusRule{403, 403, FailureClass::Permission, Advice::Next},
    StatusRule{404, 404, FailureClass::NotFound, Advice::Next},
    StatusRule{408, 409, FailureClass::Transient, Advice::Retry},
    StatusRule{413, 413, FailureClass::TooLarge, Advice::Next},
    StatusRule{425, 425, FailureClass::Transient, Advice::Retry},
    StatusRule{429, 429, FailureClass::Rate, Advice::Retry},
    StatusRule{498, 498, FailureClass::Transient, Advice::Retry},
    StatusRule{400, 499, FailureClass::Request, Advice::Stop},
    StatusRule{500, 999, FailureClass::Transient, Advice::Retry},
};

struct WordRule
{
    QLatin1String word;
    int status = 0;
};

// Types and codes of errors, by the status that they come with elsewhere.
constexpr std::array kWordRules{
    WordRule{"rate_limit"_L1, 429},      WordRule{"overloaded"_L1, 529},
    WordRule{"server_error"_L1, 500},    WordRule{"internal_error"_L1, 500},
    WordRule{"unavailable"_L1, 503},     WordRule{"timeout"_L1, 504},
    WordRule{"authentication"_L1, 401},  WordRule{"invalid_api_key"_L1, 401},
    WordRule{"permission"_L1, 403},      WordRule{"not_found"_L1, 404},
    WordRule{"invalid_request"_L1, 400}, WordRule{"exceed_context"_L1, 400},
    WordRule{"conflict"_L1, 409},        WordRule{"request_too_large"_L1, 413},
    WordRule{"exhausted"_L1, 429},       WordRule{"api_error"_L1, 500},
};

bool containsAny(const QString &text, std::initializer_list<QLatin1String> words)
{
    return std::any_of(words.begin(), words.end(), [&text](QLatin1String word) {
        return text.contains(word, Qt::CaseInsensitive);
    });
}

QString labelsOf(const ApiError &error)
{
    return error.type + u' ' + error.code;
}

bool isAboutMoney(const ApiError &error)
{
    return containsAny(labelsOf(error), {"insufficient_quota"_L1, "billing"_L1, "spend_limit"_L1,
                                         "credit"_L1, "insufficient_balance"_L1, "payment"_L1}) ||
           containsAny(error.message, {"spend limit"_L1, "spending limit"_L1});
}

bool isAboutCapability(const ApiError &error)
{
    return containsAny(labelsOf(error),
                       {"context_length"_L1, "exceed_context"_L1, "unknown_parameter"_L1,
                        "unsupported"_L1, "extra_forbidden"_L1, "string_above_max_length"_L1}) ||
           containsAny(error.message,
                       {"context length"_L1, "context window"_L1, "context size"_L1,
                        "too many tokens"_L1, "prompt is too long"_L1, "is not enabled for"_L1,
                        "unsupported parameter"_L1, "unknown parameter"_L1,
                        "unrecognized request argument"_L1, "extra inputs are not permitted"_L1,
                        "not supported"_L1, "does not support"_L1, "image input"_L1,
                        "max_tokens"_L1, "max_completion_tokens"_L1});
}

int statusBehind(const ApiError &error)
{
    if (error.status != 0)
        return error.status;
    const QString labels = labelsOf(error);
    for (const WordRule &rule : kWordRules) {
        if (labels.contains(rule.word, Qt::CaseInsensitive))
            return rule.status;
    }
    return 0;
}

} // namespace

Verdict verdictOnStatus(int status, const ApiError &error)
{
    // Going on elsewhere would be shopping for a laxer model.
    if (error.moderated && status < 500)
        return {FailureClass::Moderation, Advice::Stop};
    if (error.code == "API_KEY_INVALID"_L1)
        return {FailureClass::Auth, Advice::Next};
    if (status < 500 && (error.dailyQuota || isAboutMoney(error)))
        return {FailureClass::Credit, Advice::Next};
    if ((status == 400 || status == 422) && isAboutCapability(error))
        return {FailureClass::Capability, Advice::Next};
    for (const StatusRule &rule : kStatusRules) {
        if (status >= rule.from && status <= rule.to)
            return {rule.failureClass, rule.advice};
    }
    return {FailureClass::Protocol, Advice::Next};
}

Verdict verdictOnWords(const ApiError &error)
{
    if (const int status = statusBehind(error); status != 0)
        return verdictOnStatus(status, error);
    if (error.moderated)
        return {FailureClass::Moderation, Advice::Stop};
    if (error.dailyQuota || isAboutMoney(error))
        return {FailureClass::Credit, Advice::Next};
    if (isAboutCapability(error))
        return {FailureClass::Capability, Advice::Next};
    return {FailureClass::Protocol, Advice::Retry};
}

} // namespace headgate::providers
