#include "core/providers/call_probe.h"

#include "core/providers/provider_factory.h"
#include "core/providers/texts.h"

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

using MaxTokens = Dialect::MaxTokensField;
using LogProbabilities = Dialect::LogProbabilities;

// The least that every known server takes.
constexpr int kAnswerTokens = 16;
constexpr std::chrono::milliseconds kPatience{60'000};

QString fieldName(MaxTokens field)
{
    return field == MaxTokens::MaxTokens ? u"max_tokens"_s : u"max_completion_tokens"_s;
}

bool hasTwoLimits(const Endpoint &endpoint)
{
    return endpoint.protocol == "openai"_L1 || endpoint.protocol == "azure"_L1;
}

CompletionRequest tinyRequest(const QString &model, bool wantLogProbabilities)
{
    CompletionRequest request;
    request.model = model;
    request.messages = {Message{.role = Message::Role::User, .text = u"Say: ok"_s}};
    request.parameters = {{"max_tokens", kAnswerTokens}};
    request.stream = false;
    request.wantLogProbabilities = wantLogProbabilities;
    request.deadline = kPatience;
    return request;
}

void learnFromAnswer(const Endpoint &endpoint, bool askedForLogProbabilities,
                     const Completion &completion, ProbeReport &report)
{
    if (hasTwoLimits(endpoint))
        report.findings.append(Texts::tr("It takes the token limit as %1.")
                                   .arg(fieldName(report.dialect.maxTokensField)));
    if (!askedForLogProbabilities)
        return;
    report.findings.append(completion.logProbabilities.isEmpty()
                               ? Texts::tr("This model gives no log-probabilities.")
                               : Texts::tr("It gives log-probabilities."));
}

// A refusal that names its reason is an answer, too.
void learnFromRefusal(const Endpoint &endpoint, const CallFailure &failure, ProbeReport &report)
{
    const QString words = failure.detail.toLower();
    const bool isAboutRequest = failure.httpStatus == 400 || failure.httpStatus == 422;
    if (isAboutRequest && words.contains("logprob"_L1)) {
        report.dialect.logProbabilities = LogProbabilities::None;
        report.findings.append(Texts::tr("It refuses to be asked for log-probabilities, so it is "
                                         "not asked for them any more."));
    } else if (isAboutRequest && hasTwoLimits(endpoint) &&
               (words.contains("max_tokens"_L1) || words.contains("max_completion_tokens"_L1))) {
        const MaxTokens refused = report.dialect.maxTokensField;
        report.dialect.maxTokensField =
            refused == MaxTokens::MaxTokens ? MaxTokens::MaxCompletionTokens : MaxTokens::MaxTokens;
        report.findings.append(
            Texts::tr("It refuses the token limit as %1, so it is sent as %2 from now on.")
                .arg(fieldName(refused), fieldName(report.dialect.maxTokensField)));
        report.findings.append(Texts::tr("Log-probabilities were not tried with it."));
    } else {
        report.problem = failure.message;
    }
}

} // namespace

QCoro::Task<ProbeReport> probeCall(Endpoint endpoint, QString model, const KeySource &keys,
                                   Clock &clock, std::stop_token stop)
{
    ProbeReport report;
    report.dialect = endpoint.dialect;
    const bool asks = endpoint.protocol != "anthropic"_L1 &&
                      endpoint.dialect.logProbabilities != LogProbabilities::None;
    if (!asks)
        report.findings.append(Texts::tr("Log-probabilities were not tried: they are set as not "
                                         "offered."));
    if (!hasTwoLimits(endpoint))
        report.findings.append(Texts::tr("Its protocol has only one way to limit tokens."));
    if (!asks && !hasTwoLimits(endpoint))
        co_return report;
    const auto provider = makeProvider(endpoint, clock, keys);
    if (!provider) {
        report.problem = provider.error().message;
        co_return report;
    }
    CompletionRequest request = tinyRequest(model, asks);
    auto calling = (*provider)->complete(std::move(request), stop);
    const CallResult result = co_await calling;
    report.isSent = !result.failure || result.failure->httpStatus != 0;
    if (result.ok())
        learnFromAnswer(endpoint, asks, result.completion, report);
    else
        learnFromRefusal(endpoint, *result.failure, report);
    co_return report;
}

} // namespace headgate::providers
