#include "core/engine/provider_directory.h"
#include "core/engine/texts.h"

#include "core/providers/provider_presets.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace headgate::engine {

using namespace Qt::StringLiterals;
using providers::Dialect;
using providers::Endpoint;

namespace {

const char *nameOf(Dialect::LogProbabilities logProbabilities)
{
    switch (logProbabilities) {
    case Dialect::LogProbabilities::None:
        return "none";
    case Dialect::LogProbabilities::Boolean:
        return "boolean";
    case Dialect::LogProbabilities::Integer:
        return "integer";
    }
    Q_UNREACHABLE();
}

const char *nameOf(Dialect::KeyHeader header)
{
    switch (header) {
    case Dialect::KeyHeader::Bearer:
    case Dialect::KeyHeader::ByProtocol:
        return "bearer";
    case Dialect::KeyHeader::ApiKey:
        return "api-key";
    case Dialect::KeyHeader::XApiKey:
        return "x-api-key";
    case Dialect::KeyHeader::XGoogApiKey:
        return "x-goog-api-key";
    }
    Q_UNREACHABLE();
}

double secondsOf(std::chrono::milliseconds time)
{
    return std::chrono::duration<double>(time).count();
}

// Only what differs from what the reader starts with, so that a file shows what was chosen.
Json toJson(const Endpoint &endpoint)
{
    const providers::ProviderPreset *preset = providers::findPreset(endpoint.preset);
    const Endpoint start = preset ? preset->endpoint : Endpoint();
    Json object = Json::object();
    const auto put = [&object](const char *key, const auto &value, const auto &usual,
                               const auto &written) {
        if (value != usual)
            object[key] = written;
    };
    if (endpoint.preset != endpoint.name && (preset || providers::findPreset(endpoint.name)))
        object["preset"] = toStdString(endpoint.preset);
    put("protocol", endpoint.protocol, start.protocol, toStdString(endpoint.protocol));
    object["base_url"] = toStdString(endpoint.baseUrl.toString());
    if (endpoint.keyInKeyring)
        object["key_in_keyring"] = true;
    else
        object["key_variable"] = toStdString(endpoint.keyVariable);
    put("api_version", endpoint.apiVersion, start.apiVersion, toStdString(endpoint.apiVersion));
    put("allow_plain_http", endpoint.allowPlainHttp, start.allowPlainHttp, endpoint.allowPlainHttp);
    if (!endpoint.certificateFile.isEmpty())
        object["certificate_file"] = toStdString(endpoint.certificateFile);
    const Dialect &dialect = endpoint.dialect;
    const bool completion = dialect.maxTokensField == Dialect::MaxTokensField::MaxCompletionTokens;
    put("max_tokens_field", dialect.maxTokensField, start.dialect.maxTokensField,
        completion ? "max_completion_tokens" : "max_tokens");
    put("logprobs", dialect.logProbabilities, start.dialect.logProbabilities,
        nameOf(dialect.logProbabilities));
    put("ask_for_stream_usage", dialect.askForStreamUsage, start.dialect.askForStreamUsage,
        dialect.askForStreamUsage);
    put("reasoning_outside_completion", dialect.reasoningOutsideCompletion,
        start.dialect.reasoningOutsideCompletion, dialect.reasoningOutsideCompletion);
    put("key_header", dialect.keyHeader, start.dialect.keyHeader, nameOf(dialect.keyHeader));
    for (auto header = endpoint.headers.begin(); header != endpoint.headers.end(); ++header)
        object["headers"][toStdString(header.key())] = toStdString(header.value());
    const providers::CallTimeouts &timeouts = endpoint.timeouts;
    put("connect_timeout_s", timeouts.connect, start.timeouts.connect, secondsOf(timeouts.connect));
    put("first_byte_timeout_s", timeouts.firstByte, start.timeouts.firstByte,
        secondsOf(timeouts.firstByte));
    put("idle_timeout_s", timeouts.idle, start.timeouts.idle, secondsOf(timeouts.idle));
    put("total_timeout_s", timeouts.total, start.timeouts.total, secondsOf(timeouts.total));
    if (endpoint.requestsPerMinute)
        object["requests_per_minute"] = *endpoint.requestsPerMinute;
    if (endpoint.tokensPerMinute)
        object["tokens_per_minute"] = *endpoint.tokensPerMinute;
    return object;
}

Error placed(const QString &path, const Error &error)
{
    return {error.code, Texts::tr("%1: %2", "file, what is wrong with it").arg(path, error.message),
            error.detail};
}

} // namespace

Json endpointsToJson(const QList<Endpoint> &endpoints)
{
    Json root = Json::object();
    for (const Endpoint &endpoint : endpoints) {
        if (!endpoint.simulated)
            root[toStdString(endpoint.name)] = toJson(endpoint);
    }
    return root;
}

Result<QList<Endpoint>> readEndpointFile(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return QList<Endpoint>();
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io, Texts::tr("The providers' file “%1” cannot be read: %2.")
                                       .arg(path, file.errorString()));
    const auto json = parseJson(file.readAll());
    if (!json)
        return tl::unexpected(placed(path, json.error()));
    auto endpoints = endpointsFromJson(*json);
    if (!endpoints)
        return tl::unexpected(placed(path, endpoints.error()));
    return endpoints;
}

Result<> writeEndpointFile(const QList<Endpoint> &endpoints, const QString &path)
{
    QSaveFile file(path);
    const bool written = QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly) &&
                         file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) &&
                         file.write(formatJson(endpointsToJson(endpoints))) >= 0 && file.commit();
    if (!written)
        return fail(ErrorCode::Io, Texts::tr("The providers could not be kept in “%1”: %2.")
                                       .arg(path, file.errorString()));
    return {};
}

} // namespace headgate::engine
