#include "core/engine/provider_directory.h"
#include "core/engine/texts.h"

#include "core/providers/provider_presets.h"

#include <QDir>

#include <cmath>

namespace headgate::engine {

using namespace Qt::StringLiterals;

namespace {

// Reads the fields of one provider and keeps the first error.
class EndpointReader
{
public:
    EndpointReader(QString name, const Json &object)
        : m_name(std::move(name))
        , m_object(object)
    {
    }

    QString text(const char *key, const QString &fallback = {})
    {
        const Json *value = find(key);
        if (value && !value->is_string())
            refuse(key, Texts::tr("must be a text"));
        return jsonString(m_object, key, fallback);
    }

    bool flag(const char *key, bool fallback)
    {
        const Json *value = find(key);
        if (value && !value->is_boolean())
            refuse(key, Texts::tr("must be true or false"));
        return value && value->is_boolean() ? value->get<bool>() : fallback;
    }

    std::chrono::milliseconds seconds(const char *key, std::chrono::milliseconds fallback)
    {
        const Json *value = find(key);
        if (!value)
            return fallback;
        const double seconds = value->is_number() ? value->get<double>() : 0;
        if (!(seconds > 0 && seconds <= 86'400)) {
            refuse(key, Texts::tr("must be a number of seconds above 0, at most 86,400"));
            return fallback;
        }
        return std::chrono::milliseconds(std::llround(std::ceil(seconds * 1000)));
    }

    std::optional<qint64> count(const char *key)
    {
        const Json *value = find(key);
        if (!value)
            return std::nullopt;
        const qint64 number = value->is_number_integer() ? value->get<qint64>() : 0;
        if (number >= 1 && number <= 1'000'000'000'000)
            return number;
        refuse(key, Texts::tr("must be a whole number above 0"));
        return std::nullopt;
    }

    QMap<QString, QString> texts(const char *key)
    {
        QMap<QString, QString> found;
        const Json *value = find(key);
        if (!value)
            return found;
        if (!value->is_object()) {
            refuse(key, Texts::tr("must be an object of texts"));
            return found;
        }
        for (const auto &[name, text] : value->items()) {
            if (!text.is_string())
                refuse(key, Texts::tr("must be an object of texts"));
            else
                found.insert(toQString(name), toQString(text.get<std::string>()));
        }
        return found;
    }

    template<typename Enum>
    Enum choice(const char *key, const QList<std::pair<QString, Enum>> &choices, Enum fallback)
    {
        const QString name = text(key);
        if (name.isEmpty())
            return fallback;
        QStringList known;
        for (const auto &[choice, value] : choices) {
            if (choice == name)
                return value;
            known.append(choice);
        }
        refuse(key, Texts::tr("must be one of %1").arg(known.join(", "_L1)));
        return fallback;
    }

    void refuse(const char *key, const QString &reason)
    {
        if (!m_error)
            m_error = Error{
                ErrorCode::InvalidInput,
                Texts::tr("Provider “%1”: \"%2\" %3.").arg(m_name, QLatin1String(key), reason),
                {}};
    }

    void refuseUnknown(std::initializer_list<const char *> known)
    {
        for (const auto &[key, value] : m_object.items()) {
            const auto isThis = [&key = key](const char *name) { return key == name; };
            if (std::none_of(known.begin(), known.end(), isThis))
                refuse(key.c_str(), Texts::tr("is no field that Headgate knows"));
        }
    }

    const std::optional<Error> &error() const { return m_error; }

private:
    const Json *find(const char *key) const
    {
        const auto value = m_object.find(key);
        return value != m_object.end() && !value->is_null() ? &*value : nullptr;
    }

    QString m_name;
    const Json &m_object;
    std::optional<Error> m_error;
};

providers::Dialect readDialect(EndpointReader &reader, providers::Dialect dialect)
{
    using providers::Dialect;
    dialect.maxTokensField = reader.choice<Dialect::MaxTokensField>(
        "max_tokens_field",
        {{u"max_tokens"_s, Dialect::MaxTokensField::MaxTokens},
         {u"max_completion_tokens"_s, Dialect::MaxTokensField::MaxCompletionTokens}},
        dialect.maxTokensField);
    dialect.logProbabilities = reader.choice<Dialect::LogProbabilities>(
        "logprobs",
        {{u"none"_s, Dialect::LogProbabilities::None},
         {u"boolean"_s, Dialect::LogProbabilities::Boolean},
         {u"integer"_s, Dialect::LogProbabilities::Integer}},
        dialect.logProbabilities);
    dialect.askForStreamUsage = reader.flag("ask_for_stream_usage", dialect.askForStreamUsage);
    dialect.reasoningOutsideCompletion =
        reader.flag("reasoning_outside_completion", dialect.reasoningOutsideCompletion);
    dialect.keyHeader =
        reader.choice<Dialect::KeyHeader>("key_header",
                                          {{u"bearer"_s, Dialect::KeyHeader::Bearer},
                                           {u"api-key"_s, Dialect::KeyHeader::ApiKey},
                                           {u"x-api-key"_s, Dialect::KeyHeader::XApiKey},
                                           {u"x-goog-api-key"_s, Dialect::KeyHeader::XGoogApiKey}},
                                          dialect.keyHeader);
    return dialect;
}

// What a known server of that name, or of the name in "preset", starts with.
providers::Endpoint startOf(EndpointReader &reader, const QString &name)
{
    const QString id = reader.text("preset", name);
    if (id.isEmpty())
        return {}; // a server of the user's own under a known name
    const providers::ProviderPreset *preset = providers::findPreset(id);
    if (!preset) {
        if (id != name)
            reader.refuse("preset", Texts::tr("names no server that Headgate knows: “%1”").arg(id));
        return {};
    }
    providers::Endpoint endpoint = preset->endpoint;
    endpoint.preset = id;
    if (!preset->addressToFill.isEmpty())
        endpoint.baseUrl.clear();
    const QString address = reader.text("base_url");
    // A key is bound to its server: at another address it has to be named again.
    if (!address.isEmpty() && QUrl(address) != endpoint.baseUrl)
        endpoint.keyVariable.clear();
    return endpoint;
}

Result<providers::Endpoint> readEndpoint(const QString &name, const Json &object)
{
    if (name.isEmpty())
        return fail(ErrorCode::InvalidInput, Texts::tr("A provider has no name."));
    if (!object.is_object())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("Provider “%1” must be an object with \"base_url\".").arg(name));
    EndpointReader reader(name, object);
    // A key in the file would end in version control and backups.
    for (const char *key : {"key", "api_key", "apiKey", "token"}) {
        if (object.contains(key))
            reader.refuse(key, Texts::tr("is not read: put the key into an environment variable "
                                         "and name that in \"key_variable\""));
    }
    reader.refuseUnknown({"preset", "protocol", "base_url", "api_version", "key_header",
                          "key_variable", "max_tokens_field", "logprobs", "ask_for_stream_usage",
                          "reasoning_outside_completion", "key_in_keyring", "allow_plain_http",
                          "certificate_file", "headers", "connect_timeout_s", "first_byte_timeout_s", "idle_timeout_s",
                          "total_timeout_s", "requests_per_minute", "tokens_per_minute"});
    providers::Endpoint endpoint = startOf(reader, name);
    endpoint.name = name;
    endpoint.protocol = reader.text("protocol", endpoint.protocol);
    endpoint.baseUrl = QUrl(reader.text("base_url", endpoint.baseUrl.toString()), QUrl::StrictMode);
    endpoint.keyVariable = reader.text("key_variable", endpoint.keyVariable);
    endpoint.keyInKeyring = reader.flag("key_in_keyring", false);
    if (endpoint.keyInKeyring)
        endpoint.keyVariable.clear();
    endpoint.apiVersion = reader.text("api_version", endpoint.apiVersion);
    endpoint.headers = reader.texts("headers");
    endpoint.dialect = readDialect(reader, endpoint.dialect);
    endpoint.allowPlainHttp = reader.flag("allow_plain_http", endpoint.allowPlainHttp);
    endpoint.certificateFile = reader.text("certificate_file");
    if (!endpoint.certificateFile.isEmpty() && QDir::isRelativePath(endpoint.certificateFile))
        reader.refuse("certificate_file", Texts::tr("must be a whole path, from the root of the "
                                                    "file system"));
    providers::CallTimeouts &timeouts = endpoint.timeouts;
    timeouts.connect = reader.seconds("connect_timeout_s", timeouts.connect);
    timeouts.firstByte = reader.seconds("first_byte_timeout_s", timeouts.firstByte);
    timeouts.idle = reader.seconds("idle_timeout_s", timeouts.idle);
    timeouts.total = reader.seconds("total_timeout_s", timeouts.total);
    endpoint.requestsPerMinute = reader.count("requests_per_minute");
    endpoint.tokensPerMinute = reader.count("tokens_per_minute");
    if (!endpoint.baseUrl.isValid() || endpoint.baseUrl.isRelative() ||
        endpoint.baseUrl.host().isEmpty())
        reader.refuse("base_url", Texts::tr("must be a whole URL, such as "
                                            "https://api.openai.com/v1"));
    if (reader.error())
        return tl::unexpected(*reader.error());
    return endpoint;
}

} // namespace

Result<QList<providers::Endpoint>> endpointsFromJson(const Json &root)
{
    if (!root.is_object())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("Providers are an object: a name, and its \"base_url\" and "
                              "\"key_variable\"."));
    QList<providers::Endpoint> endpoints;
    for (const auto &[name, object] : root.items()) {
        auto endpoint = readEndpoint(toQString(name), object);
        if (!endpoint)
            return tl::unexpected(std::move(endpoint).error());
        endpoints.append(std::move(*endpoint));
    }
    return endpoints;
}

} // namespace headgate::engine
