#include "core/http/http_message.h"

#include "core/common/json.h"

namespace headgate::http {

QByteArray Request::path() const
{
    const qsizetype query = target.indexOf('?');
    return query < 0 ? target : target.first(query);
}

QByteArray Request::header(QByteArrayView name) const
{
    for (const Header &header : headers) {
        if (name.compare(header.first, Qt::CaseInsensitive) == 0)
            return header.second;
    }
    return {};
}

Response jsonResponse(int status, QByteArray body)
{
    return {status, {{"content-type", "application/json"}}, std::move(body)};
}

Response errorResponse(int status, const QString &message, const QString &type, const QString &code)
{
    Json error = {{"message", toStdString(message)},
                  {"type", toStdString(type)},
                  {"param", nullptr},
                  {"code", nullptr}};
    if (!code.isEmpty())
        error["code"] = toStdString(code);
    return jsonResponse(status, QByteArray::fromStdString(Json{{"error", error}}.dump()));
}

} // namespace headgate::http
