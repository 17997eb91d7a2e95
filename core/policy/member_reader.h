#pragma once

#include "core/common/json.h"
#include "core/common/money.h"

#include <QPointF>

namespace headgate::policy {

// Where in a policy file a value stands, for sentences.
struct Place
{
    enum class Part { Policy, Model, Price, Limits, Node, Group, Pin };

    Part part = Part::Policy;
    QString name{};       // of the model; id of the node, if it is known already
    qsizetype number = 0; // of the node, group or pin in its list, from 1

    QString toString() const; // "node “n1”"
};

// Takes the members that we know out of an object and keeps the rest. The first member of a wrong
// type ends up in error(), and from then on every answer is empty. Absent and null are the same.
class MemberReader
{
public:
    // `object` of another type is an error, too.
    MemberReader(Json object, Place place);

    void setPlaceName(const QString &name) { m_place.name = name; }

    QString text(const char *key);
    QString requiredText(const char *key); // neither absent nor empty
    Json object(const char *key);          // {} where absent
    Json list(const char *key);            // [] where absent
    QPointF point(const char *key);        // (0, 0) where absent
    // A decimal in units of a whole, exact to its ninth place: a number, or a text that holds one.
    std::optional<Money> decimal(const char *key);
    std::optional<qint64> integer(const char *key);
    bool flag(const char *key); // false where absent

    // What was not taken out.
    Json rest() && { return std::move(m_object); }
    bool failed() const { return !m_error.isEmpty(); }
    const QString &error() const { return m_error; } // one sentence; empty: none

private:
    Json take(const char *key);
    void refuse(const QString &sentence);

    Json m_object;
    Place m_place;
    QString m_error;
};

// The JSON number that decimal() reads back exactly; a text where no double is near enough.
Json decimalToJson(Money amount);

} // namespace headgate::policy
