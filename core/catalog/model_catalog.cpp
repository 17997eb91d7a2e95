#include "core/catalog/model_catalog.h"

#include "core/catalog/catalog_format.h"
#include "core/catalog/price_mark.h"

#include <QFile>

#include <array>

namespace headgate::catalog {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array<std::pair<PriceSource, QLatin1String>, 7> kSourceNames{{
    {PriceSource::Provider, QLatin1String("provider")},
    {PriceSource::Override, QLatin1String("override")},
    {PriceSource::Imported, QLatin1String("imported")},
    {PriceSource::Bundled, QLatin1String("bundled")},
    {PriceSource::BundledSecondary, QLatin1String("secondary")},
    {PriceSource::Simulated, QLatin1String("simulated")},
    {PriceSource::Local, QLatin1String("local")},
}};

// See CatalogEntry::schedule.
const Price *priceOn(const CatalogEntry &entry, QDate on)
{
    const DatedPrice *row = nullptr;
    for (const DatedPrice &candidate : entry.schedule) {
        if (!candidate.effectiveFrom.isValid() || candidate.effectiveFrom <= on)
            row = &candidate;
    }
    if (!row)
        return entry.price ? &*entry.price : nullptr;
    const bool rowIsOlder = !row->effectiveFrom.isValid() || row->effectiveFrom <= entry.asOf;
    if (entry.price && entry.asOf.isValid() && entry.asOf <= on && rowIsOlder)
        return &*entry.price;
    return &row->price;
}

} // namespace

QLatin1String nameOf(PriceSource source)
{
    for (const auto &[value, name] : kSourceNames) {
        if (value == source)
            return name;
    }
    return {};
}

std::optional<PriceSource> priceSourceFrom(const QString &name)
{
    for (const auto &[value, known] : kSourceNames) {
        if (known == name)
            return value;
    }
    return std::nullopt;
}

ModelCatalog ModelCatalog::bundled()
{
    QFile file(u":/headgate/catalog/models.json"_s);
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(opened, "ModelCatalog", "the bundled catalog is missing");
    auto catalog = parseJson(file.readAll()).and_then(&ModelCatalog::fromJson);
    if (!catalog)
        qFatal("The bundled catalog cannot be read: %s", qPrintable(catalog.error().message));
    return *std::move(catalog);
}

Result<ModelCatalog> ModelCatalog::fromJson(const Json &root)
{
    auto content = readCatalog(root);
    if (!content)
        return tl::unexpected(std::move(content.error()));
    ModelCatalog catalog;
    catalog.m_asOf = content->asOf;
    catalog.m_sources = std::move(content->sources);
    catalog.add(content->entries);
    for (const PriceOverride &row : std::as_const(content->overrides))
        catalog.m_overrides.insert({row.provider, row.model},
                                   {row.price, PriceSource::Override, row.asOf});
    catalog.updateVersion();
    return catalog;
}

Json ModelCatalog::toJson() const
{
    return writeCatalog({m_asOf, m_sources, m_entries, overrides()});
}

const CatalogEntry *ModelCatalog::find(const QString &provider, const QString &model) const
{
    const auto it = m_index.constFind({provider, model});
    return it != m_index.cend() ? &m_entries[*it] : nullptr;
}

void ModelCatalog::add(const QList<CatalogEntry> &entries)
{
    for (const CatalogEntry &entry : entries) {
        const Key key{entry.provider, entry.model};
        if (const auto it = m_index.constFind(key); it != m_index.cend()) {
            m_entries[*it] = entry;
        } else {
            m_index.insert(key, m_entries.size());
            m_entries.append(entry);
        }
    }
    updateVersion();
}

// The order of the entries does not matter.
void ModelCatalog::updateVersion()
{
    quint64 sum = 0;
    for (const CatalogEntry &entry : std::as_const(m_entries))
        sum += priceMark(entry);
    for (const PriceOverride &row : overrides())
        sum += priceMark(row);
    const QString digits = QString::number(quint32(sum ^ (sum >> 32)), 16).rightJustified(8, u'0');
    m_version = m_asOf.isValid() ? u"%1-%2"_s.arg(m_asOf.toString(Qt::ISODate), digits) : digits;
}

void ModelCatalog::remove(const QString &provider, const QString &model)
{
    const auto it = m_index.constFind({provider, model});
    if (it == m_index.cend())
        return;
    m_entries.removeAt(*it);
    m_index.clear();
    for (qsizetype i = 0; i < m_entries.size(); ++i)
        m_index.insert({m_entries[i].provider, m_entries[i].model}, i);
    updateVersion();
}

void ModelCatalog::setOverride(const QString &provider, const QString &model, const Price &price,
                               QDate asOf)
{
    m_overrides.insert({provider, model}, {price, PriceSource::Override, asOf});
    updateVersion();
}

void ModelCatalog::removeOverride(const QString &provider, const QString &model)
{
    m_overrides.remove({provider, model});
    updateVersion();
}

QList<PriceOverride> ModelCatalog::overrides() const
{
    QList<Key> keys = m_overrides.keys();
    std::sort(keys.begin(), keys.end());
    QList<PriceOverride> rows;
    for (const Key &key : std::as_const(keys)) {
        const PriceQuote quote = m_overrides.value(key);
        rows.append({key.first, key.second, quote.price, quote.asOf});
    }
    return rows;
}

std::optional<PriceQuote> ModelCatalog::quote(const QString &provider, const QString &model,
                                              QDate on, qint64 inputTokens) const
{
    if (const auto listed = listedQuote(provider, model, on, inputTokens))
        return listed;
    if (m_localProviders.contains(provider))
        return PriceQuote{Price{}, PriceSource::Local, on};
    return std::nullopt;
}

std::optional<PriceQuote> ModelCatalog::listedQuote(const QString &provider, const QString &model,
                                                    QDate on, qint64 inputTokens) const
{
    if (const auto it = m_overrides.constFind({provider, model}); it != m_overrides.cend())
        return PriceQuote{it->price, it->source, it->asOf, m_version};
    const CatalogEntry *entry = find(provider, model);
    if (!entry)
        return std::nullopt;
    const Price *price = priceOn(*entry, on);
    if (!price)
        return std::nullopt;
    for (const PriceTier &tier : entry->tiers) {
        if (inputTokens > tier.aboveInputTokens)
            price = &tier.price;
    }
    return PriceQuote{*price, entry->source, entry->asOf, m_version};
}

} // namespace headgate::catalog
