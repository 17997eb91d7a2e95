#include "core/providers/api_error.h"

#include "core/providers/json_repair.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

// The member as text, whether it came as a string or as a number.
QString textAt(const Json &object, const char *key)
{
    const auto it = object.find(key);
    if (it == object.end() || it->is_null() || it->is_structured())
        return {};
    return it->is_string() ? toQString(it->get_ref<const std::string &>()) : toQString(it->dump());
}

int httpStatusIn(const QString &text)
{
    bool ok = false;
    const int status = text.toInt(&ok);
    return ok && status >= 400 && status <= 599 ? status : 0;
}

bool isModerated(const Json &object)
{
    if (const auto metadata = object.find("metadata");
        metadata != object.end() && metadata->is_object() && metadata->contains("reasons"))
        return true;
    const QString words = textAt(object, "code") + u' ' + textAt(object, "type");
    for (const auto word : {"content_filter"_L1, "content_policy"_L1, "moderation"_L1,
                            "responsible_ai"_L1, "safety"_L1}) {
        if (words.contains(word, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

// "34s", "34.5s"
std::optional<std::chrono::milliseconds> durationIn(const QString &text)
{
    constexpr double kMostSeconds = 86'400;
    bool ok = false;
    const double seconds = text.chopped(text.endsWith(u's') ? 1 : 0).toDouble(&ok);
    if (!ok || !(seconds > 0 && seconds <= kMostSeconds))
        return std::nullopt;
    return std::chrono::milliseconds(qint64(seconds * 1000));
}

// Google tells how long to wait, and which quota is used up, in a list of details.
void readDetails(const Json &object, ApiError &error)
{
    const auto details = object.find("details");
    if (details == object.end() || !details->is_array())
        return;
    for (const Json &detail : *details) {
        const QString type = jsonString(detail, "@type");
        if (type.endsWith("RetryInfo"_L1))
            error.retryAfter = durationIn(jsonString(detail, "retryDelay"));
        if (type.endsWith("QuotaFailure"_L1)) {
            const QString whole = toQString(compactText(detail));
            error.dailyQuota = whole.contains("PerDay"_L1, Qt::CaseInsensitive);
        }
    }
}

ApiError fromObject(const Json &object)
{
    ApiError error;
    error.message = textAt(object, "message");
    error.type = textAt(object, "type");
    error.code = textAt(object, "code");
    error.param = textAt(object, "param");
    error.status = httpStatusIn(error.code);
    if (error.status == 0)
        error.status = httpStatusIn(textAt(object, "status"));
    error.moderated = isModerated(object);
    readDetails(object, error);
    const std::string whole = compactText(object);
    // Google names a bad key only deep inside a list of details.
    if (whole.find("API_KEY_INVALID") != std::string::npos)
        error.code = u"API_KEY_INVALID"_s;
    if (error.message.isEmpty())
        error.message = toQString(whole);
    return error;
}

// FastAPI: a text, or a list of {loc, msg, type}.
ApiError fromDetail(const Json &detail)
{
    ApiError error;
    if (detail.is_object())
        return fromObject(detail);
    if (detail.is_string())
        error.message = toQString(detail.get_ref<const std::string &>());
    if (!detail.is_array())
        return error;
    QStringList lines;
    for (const Json &item : detail) {
        if (!item.is_object())
            continue;
        QStringList place;
        if (const auto loc = item.find("loc"); loc != item.end() && loc->is_array()) {
            for (const Json &part : *loc)
                place.append(part.is_string() ? toQString(part.get<std::string>())
                                              : toQString(part.dump()));
        }
        if (error.type.isEmpty())
            error.type = textAt(item, "type");
        if (error.param.isEmpty() && !place.isEmpty())
            error.param = place.last();
        lines.append(place.join(u'.') + u": "_s + textAt(item, "msg"));
    }
    error.message = lines.join(u'\n');
    return error;
}

ApiError fromHtml(const QString &html)
{
    static const QRegularExpression title(u"<title[^>]*>(.*?)</title>"_s,
                                          QRegularExpression::CaseInsensitiveOption |
                                              QRegularExpression::DotMatchesEverythingOption);
    const auto match = title.match(html);
    ApiError error;
    error.type = u"html"_s;
    error.message = match.hasMatch() ? match.captured(1).simplified() : html.simplified();
    return error;
}

} // namespace

std::optional<ApiError> apiErrorIn(const Json &answer)
{
    if (answer.is_array() && !answer.empty())
        return apiErrorIn(answer.front());
    if (!answer.is_object())
        return std::nullopt;
    if (const auto error = answer.find("error"); error != answer.end()) {
        if (error->is_object() && !error->empty())
            return fromObject(*error);
        if (error->is_string() && !error->get_ref<const std::string &>().empty()) {
            ApiError result = fromObject(answer);
            result.message = toQString(error->get_ref<const std::string &>());
            return result;
        }
    }
    if (answer.contains("choices"))
        return std::nullopt;
    if (const auto detail = answer.find("detail"); detail != answer.end() && !detail->is_null())
        return fromDetail(*detail);
    if (jsonString(answer, "object") == "error"_L1 || answer.contains("message"))
        return fromObject(answer);
    return std::nullopt;
}

ApiError apiErrorOfBody(QByteArrayView body)
{
    const QByteArray trimmed = body.trimmed().toByteArray();
    ApiError error;
    if (trimmed.startsWith('{') || trimmed.startsWith('[')) {
        if (const auto json = parseJson(repairedJson(trimmed))) {
            if (const auto found = apiErrorIn(*json))
                return *found;
            error.message = toQString(compactText(*json));
            return error;
        }
    }
    const QString text = QString::fromUtf8(trimmed);
    if (text.startsWith(u'<'))
        return fromHtml(text);
    error.message = text;
    return error;
}

} // namespace headgate::providers
