#include "core/common/redaction.h"

#include <QList>
#include <QMutex>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSet>

#include <array>
#include <bitset>
#include <map>

namespace headgate {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kShortestKey = 8;
constexpr qsizetype kBeginning = 4; // of a key: what tells that one may have begun
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
        length.prints.insert(printOf(key));
        length.beginnings.insert(printOf(key.first(kBeginning)));
        m_firstBytes.set(uchar(key.front()));
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

    // The first place from which all that is left could be the beginning of a key.
    qsizetype placeOfCutKey(QByteArrayView text) const
    {
        const QMutexLocker lock(&m_mutex);
        if (m_lengths.empty())
            return text.size();
        const qsizetype longest = m_lengths.rbegin()->first;
        for (qsizetype at = qMax(qsizetype(0), text.size() - longest + 1); at < text.size(); ++at) {
            if (mayBegin(text.sliced(at)))
                return at;
        }
        return text.size();
    }

private:
    struct Length
    {
        quint64 power = 0; // of the base, by which the byte that leaves the window counts
        QSet<quint64> prints;
        QSet<quint64> beginnings;
    };

    bool mayBegin(QByteArrayView rest) const
    {
        const bool isWithinACharacter = (uchar(rest.front()) & 0xC0) == 0x80;
        if (isWithinACharacter || !m_firstBytes.test(uchar(rest.front())))
            return false;
        if (rest.size() < kBeginning)
            return true;
        const quint64 print = printOf(rest.first(kBeginning));
        return std::any_of(m_lengths.upper_bound(rest.size()), m_lengths.end(),
                           [print](const auto &l) { return l.second.beginnings.contains(print); });
    }

    quint64 printOf(QByteArrayView bytes) const
    {
        quint64 print = 0;
        for (const char byte : bytes)
            print = next(print, byte);
        return print;
    }

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
    std::bitset<256> m_firstBytes; // of all keys
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

// No shape is found in a text without one of these: a long token, what an assignment or an address
// has, and the one word that stands before a key.
bool mayHaveAShape(const QString &text)
{
    constexpr int kShortestToken = 16;
    int run = 0;
    for (const QChar c : text) {
        if (c == u'=' || c == u':')
            return true;
        const bool isOfAToken =
            c == u'-' || c == u'_' || c == u'.' || (c.unicode() < 128 && c.isLetterOrNumber());
        run = isOfAToken ? run + 1 : 0;
        if (run >= kShortestToken)
            return true;
    }
    return text.contains("bearer"_L1, Qt::CaseInsensitive);
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

qsizetype placeOfCutKey(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    qsizetype at = fingerprints().placeOfCutKey(bytes);
    if (at == bytes.size())
        return text.size();
    // What it would cut in two is part of what may be cut off: from the last to the first.
    auto places = fingerprints().placesIn(bytes);
    std::sort(places.rbegin(), places.rend());
    for (const auto &[start, size] : std::as_const(places)) {
        if (start < at && at < start + size)
            at = start;
    }
    return QString::fromUtf8(bytes.first(at)).size();
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

bool showsKey(const QString &text)
{
    if (text.size() < kShortestKey)
        return false;
    if (holdsKey(text))
        return true;
    return mayHaveAShape(text) &&
           std::any_of(shapes().begin(), shapes().end(),
                       [&](const Shape &shape) { return text.contains(shape.pattern); });
}

bool showsKey(const Json &value)
{
    if (value.is_string())
        return showsKey(toQString(value.get_ref<const std::string &>()));
    if (!value.is_structured())
        return false;
    if (value.is_object() &&
        std::any_of(value.items().begin(), value.items().end(),
                    [](const auto &member) { return showsKey(toQString(member.key())); }))
        return true;
    return std::any_of(value.begin(), value.end(),
                       [](const Json &entry) { return showsKey(entry); });
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
