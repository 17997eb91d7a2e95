#include "core/providers/rate_limit_headers.h"

#include <QLocale>
#include <QTimeZone>

#include <cmath>

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

using std::chrono::milliseconds;

constexpr double kLongestWindowMs = 86'400'000;
constexpr double kEarliestEpochMs = 1e12; // 2001; anything smaller counts seconds
constexpr double kEarliestEpochSeconds = 1e9;

std::optional<milliseconds> windowOfMs(double ms)
{
    if (!std::isfinite(ms))
        return std::nullopt;
    return milliseconds(qint64(std::ceil(std::clamp(ms, 0.0, kLongestWindowMs))));
}

// "1h2m3.5s" in milliseconds: numbers, each with its unit.
std::optional<double> durationMs(QByteArrayView text)
{
    double sum = 0;
    while (!text.isEmpty()) {
        qsizetype digits = 0;
        while (digits < text.size() &&
               ((text[digits] >= '0' && text[digits] <= '9') || text[digits] == '.'))
            ++digits;
        qsizetype unit = digits;
        while (unit < text.size() && text[unit] >= 'a' && text[unit] <= 'z')
            ++unit;
        bool ok = false;
        const double number = text.first(digits).toByteArray().toDouble(&ok);
        const QByteArrayView name = text.sliced(digits, unit - digits);
        const double factor = name == "ms"  ? 1
                              : name == "s" ? 1000
                              : name == "m" ? 60'000
                              : name == "h" ? 3'600'000
                              : name == "d" ? 86'400'000
                                            : 0;
        if (!ok || factor == 0)
            return std::nullopt;
        sum += number * factor;
        text = text.sliced(unit);
    }
    return sum;
}

std::optional<qint64> countIn(const HttpHead &head, const QByteArray &name)
{
    bool ok = false;
    const double value = head.header(name).trimmed().toDouble(&ok);
    if (!ok || !(value >= 0 && value < 1e15))
        return std::nullopt;
    return qint64(value);
}

RateWindow windowIn(const HttpHead &head, const QByteArray &limit, const QByteArray &remaining,
                    const QByteArray &reset, const QDateTime &utcNow)
{
    return {countIn(head, limit), countIn(head, remaining), resetIn(head.header(reset), utcNow)};
}

RateWindow windowOf(const HttpHead &head, const QByteArray &what, const QDateTime &utcNow)
{
    const RateWindow plain =
        windowIn(head, "x-ratelimit-limit-" + what, "x-ratelimit-remaining-" + what,
                 "x-ratelimit-reset-" + what, utcNow);
    if (!plain.isEmpty())
        return plain;
    const QByteArray prefix = "anthropic-ratelimit-" + what;
    return windowIn(head, prefix + "-limit", prefix + "-remaining", prefix + "-reset", utcNow);
}

// The one that leaves less room; a window that does not say leaves any.
RateWindow tighter(const RateWindow &a, const RateWindow &b)
{
    if (!a.remaining || !b.remaining)
        return a.remaining ? a : b;
    return *a.remaining <= *b.remaining ? a : b;
}

} // namespace

std::optional<milliseconds> resetIn(QByteArrayView value, const QDateTime &utcNow)
{
    const QByteArray text = value.trimmed().toByteArray();
    if (text.isEmpty())
        return std::nullopt;
    bool ok = false;
    if (const double number = text.toDouble(&ok); ok) {
        if (!(number >= 0))
            return std::nullopt;
        const double now = double(utcNow.toMSecsSinceEpoch());
        if (number >= kEarliestEpochMs)
            return windowOfMs(number - now);
        if (number >= kEarliestEpochSeconds)
            return windowOfMs(number * 1000 - now);
        return windowOfMs(number * 1000);
    }
    if (text.contains('T')) {
        const QDateTime at = QDateTime::fromString(QString::fromLatin1(text), Qt::ISODateWithMs);
        return at.isValid() ? windowOfMs(double(utcNow.msecsTo(at))) : std::nullopt;
    }
    const auto duration = durationMs(text);
    return duration ? windowOfMs(*duration) : std::nullopt;
}

RateLimits rateLimitsIn(const HttpHead &head, const QDateTime &utcNow)
{
    RateLimits limits;
    limits.requests = windowOf(head, "requests", utcNow);
    if (limits.requests.isEmpty())
        limits.requests = windowIn(head, "x-ratelimit-limit", "x-ratelimit-remaining",
                                   "x-ratelimit-reset", utcNow);
    limits.tokens = windowOf(head, "tokens", utcNow);
    // Anthropic counts both ways apart, too; a query needs room in each.
    for (const char *part : {"input-tokens", "output-tokens"})
        limits.tokens = tighter(limits.tokens, windowOf(head, part, utcNow));
    return limits;
}

} // namespace headgate::providers
