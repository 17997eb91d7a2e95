#pragma once

#include "core/catalog/token_usage.h"
#include "core/common/json.h"

#include <QDate>
#include <QHash>
#include <QList>
#include <QSet>

namespace headgate::catalog {

enum class PriceSource {
    Provider,
    Override,
    Imported,
    Bundled,
    BundledSecondary,
    Simulated,
    Local, // nobody is paid: the model runs on this machine
};
// "provider", "override", "imported", "bundled", "secondary", "simulated", "local": as files spell
// them.
QLatin1String nameOf(PriceSource source);
std::optional<PriceSource> priceSourceFrom(const QString &name);

// Where prices come from: a public table, as it stood on that day.
struct CatalogSource
{
    QString name;
    QString repository;
    QString license;
    QDate date;
    bool operator==(const CatalogSource &) const = default;
};

// The whole request is priced at a tier where its input exceeds the tier's start.
struct PriceTier
{
    qint64 aboveInputTokens = 0;
    Price price;
    bool operator==(const PriceTier &) const = default;
};

struct DatedPrice
{
    QDate effectiveFrom; // invalid: since ever
    Price price;
    bool operator==(const DatedPrice &) const = default;
};

// What is known of one model of one provider.
struct CatalogEntry
{
    QString id;       // "openai/gpt-5-mini"
    QString provider; // "openai"
    QString model;    // "gpt-5-mini"
    QString displayName;
    QString kind = QStringLiteral("chat"); // or "embedding"
    QString api;                // protocol: "openai-chat", "anthropic-messages", …; may be empty
    std::optional<Price> price; // as on `asOf`; none: unknown, which is never free
    QList<PriceTier> tiers;     // ascending
    // Ascending. Of these and of `price`, dated `asOf`, the last one not after the call's date
    // wins.
    QList<DatedPrice> schedule;
    PriceSource source = PriceSource::Bundled;
    QDate asOf; // of the price
    std::optional<qint64> contextWindow;
    std::optional<qint64> maxInputTokens;
    std::optional<qint64> maxOutputTokens;
    std::optional<qint64> dimensions; // of an embedding
    QDate retiresOn;                  // invalid: not announced
    Json supports = Json::object(); // "tools", "json_schema", "logprobs", … as in the catalog file
    QStringList notes;

    bool operator==(const CatalogEntry &) const = default;
};

// The price that one call is charged at, and where it comes from.
struct PriceQuote
{
    Price price;
    PriceSource source = PriceSource::Bundled;
    QDate asOf;
    QString table{}; // ModelCatalog::version() of the table that it was read from; may be empty
    bool operator==(const PriceQuote &) const = default;
};

// A price that the user set; it wins over every table.
struct PriceOverride
{
    QString provider;
    QString model;
    Price price;
    QDate asOf;
    bool operator==(const PriceOverride &) const = default;
};

// Models and prices: the bundled table, an imported one over it, the user's overrides on top.
// A value; give each thread its own copy, and keep the former one to undo an import.
class ModelCatalog
{
public:
    // The table in resources/; a program error if it cannot be read.
    static ModelCatalog bundled();
    // In the layout of catalog_format.h. An error names the model that is at fault.
    static Result<ModelCatalog> fromJson(const Json &root);
    // The same layout, overrides included.
    Json toJson() const;

    QDate asOf() const { return m_asOf; }
    // "2026-08-01-3f2a91c0": changes with every price in it, and is the same for the same prices.
    const QString &version() const { return m_version; }
    const QList<CatalogSource> &sources() const { return m_sources; }
    const QList<CatalogEntry> &entries() const { return m_entries; }
    // nullptr where there is none. Both names are compared exactly.
    const CatalogEntry *find(const QString &provider, const QString &model) const;

    // Adds entries, or replaces those of the same provider and model.
    void add(const QList<CatalogEntry> &entries);
    void setOverride(const QString &provider, const QString &model, const Price &price, QDate asOf);
    void removeOverride(const QString &provider, const QString &model);
    QList<PriceOverride> overrides() const; // sorted by provider and model
    // Providers that run on this machine: where no price of their models is known, these cost
    // nothing a token. In no table, and so not of its version.
    void setLocalProviders(const QSet<QString> &providers) { m_localProviders = providers; }
    // Takes the entry out; an override of the same model stays.
    void remove(const QString &provider, const QString &model);

    // What a call on that day is charged at; `inputTokens` are all of its input tokens, cached
    // ones included. None: the price is unknown, which it is not where the provider is local.
    std::optional<PriceQuote> quote(const QString &provider, const QString &model, QDate on,
                                    qint64 inputTokens = 0) const;

private:
    std::optional<PriceQuote> listedQuote(const QString &provider, const QString &model, QDate on,
                                          qint64 inputTokens) const;
    using Key = std::pair<QString, QString>;
    void updateVersion();

    QDate m_asOf;
    QString m_version;
    QList<CatalogSource> m_sources;
    QList<CatalogEntry> m_entries;
    QHash<Key, qsizetype> m_index;
    QHash<Key, PriceQuote> m_overrides;
    QSet<QString> m_localProviders;
};

} // namespace headgate::catalog
