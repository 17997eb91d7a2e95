#include "core/providers/retry_after.h"

#include <QLocale>
#include <QTimeZone>

#include <cmath>

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

using std::chrono::milliseconds;

constexpr double kLongestWaitMs = 3'600'000;

std::optional<milliseconds> waitOfMs(double ms)
{
    if (!std::isfinite(ms) || ms < 0)
        return std::nullopt;
    return milliseconds(qint64(std::ceil(std::min(ms, kLongestWaitMs))));
}

std::optional<QDateTime> httpDate(const QByteArray &value)
{
    // The name of the day tells nothing, and servers get it wrong.
    const QString text = QString::fromLatin1(value.mid(value.indexOf(',') + 1).trimmed());
    QDateTime date = QLocale::c().toDateTime(text, u"dd MMM yyyy hh:mm:ss 'GMT'"_s);
    if (!date.isValid())
        return std::nullopt;
    date.setTimeZone(QTimeZone::utc());
    return date;
}

} // namespace

std::optional<milliseconds> retryAfter(const HttpHead &head, const QDateTime &utcNow)
{
    bool ok = false;
    if (const double ms = head.header("retry-after-ms").trimmed().toDouble(&ok); ok)
        return waitOfMs(ms);
    const QByteArray value = head.header("retry-after").trimmed();
    if (const double seconds = value.toDouble(&ok); ok)
        return waitOfMs(seconds * 1000);
    const auto date = httpDate(value);
    if (!date)
        return std::nullopt;
    const QDateTime serverNow = httpDate(head.header("date")).value_or(utcNow);
    const qint64 ms = serverNow.msecsTo(*date);
    return ms > 0 ? waitOfMs(double(ms)) : std::nullopt;
}

} // namespace headgate::providers
