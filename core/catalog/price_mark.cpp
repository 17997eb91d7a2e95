#include "core/catalog/price_mark.h"

#include <QCryptographicHash>
#include <QtEndian>

namespace headgate::catalog {

namespace {

// Texts and amounts one after the other, each with its end.
class Marker
{
public:
    Marker &operator<<(const QString &text)
    {
        m_hash.addData(text.toUtf8());
        m_hash.addData(QByteArrayView("\0", 1));
        return *this;
    }
    Marker &operator<<(qint64 number) { return *this << QString::number(number); }
    Marker &operator<<(QDate date) { return *this << date.toString(Qt::ISODate); }
    Marker &operator<<(const std::optional<Money> &amount)
    {
        return *this << (amount ? QString::number(amount->nanos()) : QStringLiteral("-"));
    }
    Marker &operator<<(const Price &price)
    {
        *this << std::optional(price.input) << std::optional(price.output) << price.cachedInput
              << price.cacheWrite << price.cacheWrite1h;
        // Most have none, and their marks are older than it.
        return price.reasoning ? *this << price.reasoning : *this;
    }
    quint64 mark() const { return qFromBigEndian<quint64>(m_hash.result().constData()); }

private:
    QCryptographicHash m_hash{QCryptographicHash::Sha1};
};

} // namespace

quint64 priceMark(const CatalogEntry &entry)
{
    Marker marker;
    marker << entry.provider << entry.model << entry.asOf;
    if (entry.price)
        marker << *entry.price;
    for (const PriceTier &tier : entry.tiers)
        marker << tier.aboveInputTokens << tier.price;
    for (const DatedPrice &row : entry.schedule)
        marker << row.effectiveFrom << row.price;
    return marker.mark();
}

quint64 priceMark(const PriceOverride &row)
{
    Marker marker;
    marker << QStringLiteral("override") << row.provider << row.model << row.asOf << row.price;
    return marker.mark();
}

} // namespace headgate::catalog
