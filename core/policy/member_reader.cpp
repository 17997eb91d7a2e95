#include "core/policy/member_reader.h"

#include "core/policy/texts.h"

namespace headgate::policy {

namespace {

using namespace Qt::StringLiterals;

// Beyond this a canvas cannot be drawn; nodes further out are brought back to its edge.
constexpr double kCanvasEdge = 1'000'000;
constexpr qint64 kNanosInOne = 1'000'000'000;

QString keyName(const char *key)
{
    return QString::fromLatin1(key);
}

QString decimalText(const Json &value)
{
    if (value.is_string())
        return toQString(value.get_ref<const std::string &>());
    return value.is_number() ? toQString(value.dump()) : QString();
}

} // namespace

QString Place::toString() const
{
    switch (part) {
    case Part::Policy:
        return Texts::tr("the policy");
    case Part::Model:
        return Texts::tr("model “%1”").arg(name);
    case Part::Price:
        return Texts::tr("the price of model “%1”").arg(name);
    case Part::Limits:
        return Texts::tr("the limits");
    case Part::Node:
        return name.isEmpty() ? Texts::tr("node number %1").arg(number)
                              : Texts::tr("node “%1”").arg(name);
    case Part::Group:
        return Texts::tr("group number %1").arg(number);
    case Part::Pin:
        return Texts::tr("pin number %1").arg(number);
    }
    Q_UNREACHABLE();
    return {};
}

MemberReader::MemberReader(Json object, Place place)
    : m_object(std::move(object))
    , m_place(std::move(place))
{
    if (m_object.is_object())
        return;
    m_object = Json::object();
    refuse(Texts::tr("In the file, %1 must be an object.").arg(m_place.toString()));
}

Json MemberReader::take(const char *key)
{
    const auto it = m_object.find(key);
    if (it == m_object.end())
        return {};
    Json value = std::move(*it);
    m_object.erase(it);
    return failed() ? Json() : value;
}

void MemberReader::refuse(const QString &sentence)
{
    if (m_error.isEmpty())
        m_error = sentence;
}

QString MemberReader::text(const char *key)
{
    const Json value = take(key);
    if (value.is_string())
        return toQString(value.get_ref<const std::string &>());
    if (!value.is_null())
        refuse(Texts::tr("“%1” of %2 must be a text.").arg(keyName(key), m_place.toString()));
    return {};
}

QString MemberReader::requiredText(const char *key)
{
    const QString value = text(key);
    if (value.isEmpty())
        refuse(Texts::tr("“%1” of %2 is missing.").arg(keyName(key), m_place.toString()));
    return value;
}

Json MemberReader::object(const char *key)
{
    Json value = take(key);
    if (value.is_object())
        return value;
    if (!value.is_null())
        refuse(Texts::tr("“%1” of %2 must be an object.").arg(keyName(key), m_place.toString()));
    return Json::object();
}

Json MemberReader::list(const char *key)
{
    Json value = take(key);
    if (value.is_array())
        return value;
    if (!value.is_null())
        refuse(Texts::tr("“%1” of %2 must be a list.").arg(keyName(key), m_place.toString()));
    return Json::array();
}

QPointF MemberReader::point(const char *key)
{
    const Json value = take(key);
    if (value.is_null())
        return {};
    if (!value.is_array() || value.size() != 2 || !value[0].is_number() || !value[1].is_number()) {
        refuse(Texts::tr("“%1” of %2 must be a list of two numbers.")
                   .arg(keyName(key), m_place.toString()));
        return {};
    }
    return {std::clamp(value[0].get<double>(), -kCanvasEdge, kCanvasEdge),
            std::clamp(value[1].get<double>(), -kCanvasEdge, kCanvasEdge)};
}

std::optional<Money> MemberReader::decimal(const char *key)
{
    const Json value = take(key);
    if (value.is_null())
        return std::nullopt;
    const Result<Money> amount = Money::fromDecimal(decimalText(value));
    if (amount)
        return *amount;
    refuse(Texts::tr("“%1” of %2 must be a number.").arg(keyName(key), m_place.toString()));
    return std::nullopt;
}

std::optional<qint64> MemberReader::integer(const char *key)
{
    const Json value = take(key);
    if (value.is_number_unsigned()) // a huge one stays huge
        return qint64(qMin(value.get<quint64>(), quint64(std::numeric_limits<qint64>::max())));
    if (value.is_number_integer())
        return value.get<qint64>();
    if (!value.is_null())
        refuse(
            Texts::tr("“%1” of %2 must be a whole number.").arg(keyName(key), m_place.toString()));
    return std::nullopt;
}

bool MemberReader::flag(const char *key)
{
    const Json value = take(key);
    if (value.is_boolean())
        return value.get<bool>();
    if (!value.is_null())
        refuse(
            Texts::tr("“%1” of %2 must be true or false.").arg(keyName(key), m_place.toString()));
    return false;
}

Json decimalToJson(Money amount)
{
    if (amount.nanos() % kNanosInOne == 0)
        return amount.nanos() / kNanosInOne;
    const Json number = amount.toUsd();
    const Result<Money> back = Money::fromDecimal(decimalText(number));
    return back && *back == amount ? number : Json(toStdString(amount.toDecimal()));
}

} // namespace headgate::policy
