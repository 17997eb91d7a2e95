#include "core/common/redaction.h"

#include <QList>
#include <QMutex>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSet>

#include <array>
#include <map>

namespace headgate {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kShortestKey = 8;
constexpr QStringView kRemoved = u"[key removed]";

__extension__ using Wide = unsigned __int128;
constexpr quint64 kPrime = (quint64(1) << 61) - 1;

quint64 times(quint64 a, quint64 b)
{
    return quint64(Wide(a) * b % kPrime);
}

// The fingerprints of all keys by their length. A window of each length slides over a text, so that
// the search takes one step a byte and never needs the keys themselves.
class Fingerprints
{
public:
    void add(QByteArrayView key)
    {
        const QMutexLocker lock(&m_mutex);
        Length &length = m_lengths[key.size()];
        if (length.power == 0) {
            length.power = 1;
            for (qsizetype i = 1; i < key.size(); ++i)
                length.power = times(length.power, m_base);
        }
        quint64 print = 0;
        for (const char byte : key)
            print = next(print, byte);
        length.prints.insert(print);
    }

    // The places of keys in the text, first to last, from longest to shortest key.
    QList<std::pair<qsizetype, qsizetype>> placesIn(QByteArrayView text) const
    {
        const QMutexLocker lock(&m_mutex);
        QList<std::pair<qsizetype, qsizetype>> places;
        for (auto length = m_lengths.rbegin(); length != m_lengths.rend(); ++length)
            find(text, length->first, length->second, places);
        return places;
    }

private:
    struct Length
    {
        quint64 power = 0; // of the base, by which the byte that leaves the window counts
        QSet<quint64> prints;
    };

    quint64 next(quint64 print, char byte) const
    {
        return (times(print, m_base) + uchar(byte) + 1) % kPrime;
    }

    void find(QByteArrayView text, qsizetype size, const Length &length,
              QList<std::pair<qsizetype, qsizetype>> &places) const
    {
        quint64 print = 0;
        for (qsizetype end = 0; end < text.size(); ++end) {
            if (end >= size) {
                const quint64 gone = times(uchar(text[end - size]) + quint64(1), length.power);
                print = (print + kPrime - gone) % kPrime;
            }
            print = next(print, text[end]);
            if (end + 1 >= size && length.prints.contains(print))
                places.append({end + 1 - size, size});
        }
    }

    mutable QMutex m_mutex;
    quint64 m_base = 1'000'003 + QRandomGenerator::system()->generate64() % (kPrime / 2);
    std::map<qsizetype, Length> m_lengths;
};

// Of the process: a key is to be found wherever it turns up, whoever held it. Never destroyed:
// libraries still log while the process ends.
Fingerprints &fingerprints()
{
    static auto *const prints = new Fingerprints;
    return *prints;
}

struct Shape
{
    QRegularExpression pattern;
    QString instead;
};

const std::array<Shape, 5> &shapes()
{
    constexpr auto kAnyCase = QRegularExpression::CaseInsensitiveOption;
    static const auto *const list = new std::array<Shape, 5>{{
        // A word of a provider, then a long token with a digit in it: prose has none of that.
        {QRegularExpression(u"\\b(?:(?:sk|pk|rk|csk|gsk|xai|pplx|hf|r8|fw|nvapi|sess)[-_]|AIza|"
                            "ya29\\.)(?=[-_.A-Za-z]*[0-9])[-_.A-Za-z0-9]{16,}"_s),
         kRemoved.toString()},
        {QRegularExpression(u"(\\bBearer\\s+)[-_.~+/=A-Za-z0-9]{8,}"_s, kAnyCase),
         u"\\1"_s + kRemoved.toString()},
        {QRegularExpression(
             u"([?&](?:key|api[-_]?key|access[-_]?token|token)=)[^&\\s\"'<>#)\\[]{4,}"_s, kAnyCase),
         u"\\1"_s + kRemoved.toString()},
        {QRegularExpression(
             u"(\\bapi[-_]?key\\\\?[\"']?\\s*[:=]\\s*\\\\?[\"']?)[^\\s\"'\\\\,}\\[]{8,}"_s,
             kAnyCase),
         u"\\1"_s + kRemoved.toString()},
        {QRegularExpression(u"(\\b[a-z][a-z0-9+.-]*://)[^/\\s@\"'\\[]+:[^/\\s@\"']+@"_s, kAnyCase),
         u"\\1"_s + kRemoved.toString() + u'@'},
    }};
    return *list;
}

} // namespace

void rememberKey(QByteArrayView key)
{
    if (key.size() >= kShortestKey)
        fingerprints().add(key);
}

bool holdsKey(const QString &text)
{
    return !fingerprints().placesIn(text.toUtf8()).isEmpty();
}

QString withoutKnownKeys(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    auto places = fingerprints().placesIn(bytes);
    if (places.isEmpty())
        return text;
    std::sort(places.begin(), places.end());
    QByteArray kept;
    qsizetype at = 0;
    for (const auto &[start, size] : std::as_const(places)) {
        if (start >= at) {
            kept += bytes.sliced(at, start - at);
            kept += kRemoved.toUtf8();
        }
        at = qMax(at, start + size);
    }
    kept += bytes.sliced(at);
    return QString::fromUtf8(kept);
}

QString redacted(const QString &text)
{
    if (text.size() < kShortestKey)
        return text;
    QString clean = withoutKnownKeys(text);
    for (const Shape &shape : shapes())
        clean.replace(shape.pattern, shape.instead);
    return clean;
}

Json redacted(const Json &value)
{
    if (value.is_string())
        return toStdString(redacted(toQString(value.get_ref<const std::string &>())));
    if (value.is_array()) {
        Json clean = Json::array();
        for (const Json &entry : value)
            clean.push_back(redacted(entry));
        return clean;
    }
    if (!value.is_object())
        return value;
    Json clean = Json::object();
    for (const auto &[name, member] : value.items())
        clean[toStdString(redacted(toQString(name)))] = redacted(member);
    return clean;
}

} // namespace headgate
