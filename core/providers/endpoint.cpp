#include "core/providers/endpoint.h"

#include "core/common/redaction.h"
#include "core/providers/texts.h"

#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

bool isHeaderText(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar character) {
        return character.unicode() >= 0x20 && character.unicode() < 0x7F;
    });
}

QString problemOf(const Endpoint &endpoint)
{
    const QUrl &url = endpoint.baseUrl;
    if (!url.isValid() || url.host().isEmpty())
        return Texts::tr("its base URL names no server; write it like https://api.example.com/v1");
    if (url.scheme() != "https"_L1 && url.scheme() != "http"_L1)
        return Texts::tr("its base URL must begin with https:// or http://");
    // A name or password here would reach logs, and a key in the URL would reach proxies.
    if (!url.userInfo().isEmpty())
        return Texts::tr("its base URL holds a name or password; take it out and name the key's "
                         "environment variable instead");
    if (showsKey(url.toString()))
        return Texts::tr("its base URL holds what looks like a key; take it out and enter it as "
                         "the key, or name its environment variable");
    if (url.hasFragment())
        return Texts::tr("its base URL holds a “#”; take it and what follows out");
    if (url.scheme() == "http"_L1 && !endpoint.allowPlainHttp && !isLoopback(url))
        return Texts::tr("its base URL is plain http, which would send the key unprotected; use "
                         "https, or allow plain HTTP for this provider");
    for (auto header = endpoint.headers.begin(); header != endpoint.headers.end(); ++header) {
        if (!optionalHeaders().contains(header.key()))
            return Texts::tr("its header “%1” is none that Headgate sends; it knows %2")
                .arg(header.key(), optionalHeaders().join(", "_L1));
        if (showsKey(header.value()))
            return Texts::tr("its header “%1” holds what looks like a key; take it out")
                .arg(header.key());
        // A line break would smuggle further headers in.
        if (!isHeaderText(header.value()))
            return Texts::tr("its header “%1” holds a line break or another character that headers "
                             "cannot carry")
                .arg(header.key());
    }
    return {};
}

} // namespace

const QStringList &optionalHeaders()
{
    static const QStringList names{u"OpenAI-Organization"_s, u"OpenAI-Project"_s, u"HTTP-Referer"_s,
                                   u"X-Title"_s};
    return names;
}

bool isLoopback(const QUrl &url)
{
    const QString host = url.host();
    if (host.compare("localhost"_L1, Qt::CaseInsensitive) == 0)
        return true;
    return QHostAddress(host).isLoopback();
}

Result<> validateEndpoint(const Endpoint &endpoint)
{
    const QString problem = problemOf(endpoint);
    if (problem.isEmpty())
        return {};
    return fail(ErrorCode::InvalidInput,
                Texts::tr("The provider “%1” cannot be used: %2.").arg(endpoint.name, problem));
}

Dialect::KeyHeader keyHeaderOf(const Endpoint &endpoint)
{
    using KeyHeader = Dialect::KeyHeader;
    if (endpoint.dialect.keyHeader != KeyHeader::ByProtocol)
        return endpoint.dialect.keyHeader;
    if (endpoint.protocol == "anthropic"_L1)
        return KeyHeader::XApiKey;
    if (endpoint.protocol == "gemini"_L1)
        return KeyHeader::XGoogApiKey;
    return endpoint.protocol == "azure"_L1 ? KeyHeader::ApiKey : KeyHeader::Bearer;
}

QString serverKindOf(const Endpoint &endpoint)
{
    if (endpoint.protocol == "anthropic"_L1)
        return Texts::tr("a server of Anthropic's protocol");
    if (endpoint.protocol == "gemini"_L1)
        return Texts::tr("a server of Google's Gemini protocol");
    if (endpoint.protocol == "ollama"_L1)
        return Texts::tr("an Ollama server");
    return Texts::tr("an OpenAI-compatible server");
}

QUrl endpointUrl(const Endpoint &endpoint, const QString &path)
{
    QUrl url = endpoint.baseUrl;
    QString base = url.path(QUrl::FullyEncoded);
    while (base.endsWith(u'/'))
        base.chop(1);
    const qsizetype mark = path.indexOf(u'?');
    url.setPath(base + (mark < 0 ? path : path.first(mark)), QUrl::TolerantMode);
    if (mark < 0)
        return url;
    const QString query = path.sliced(mark + 1);
    url.setQuery(url.hasQuery() ? url.query(QUrl::FullyEncoded) + u'&' + query : query);
    return url;
}

QUrl versionedUrl(const Endpoint &endpoint, const QString &version, const QString &path)
{
    QString base = endpoint.baseUrl.path();
    while (base.endsWith(u'/'))
        base.chop(1);
    return endpointUrl(endpoint, base.endsWith(version) ? path : version + path);
}

} // namespace headgate::providers
