#include "core/engine/provider_directory.h"

#include "core/providers/provider_factory.h"

namespace headgate::engine {

ProviderDirectory::ProviderDirectory(Clock &clock, const providers::KeySource &keys)
    : m_clock(clock)
    , m_keys(keys)
{
}
ProviderDirectory::~ProviderDirectory() = default;

Result<> ProviderDirectory::add(const providers::Endpoint &endpoint)
{
    auto provider = providers::makeProvider(endpoint, m_clock, m_keys);
    if (!provider)
        return tl::unexpected(std::move(provider).error());
    add(endpoint, std::move(*provider));
    return {};
}

void ProviderDirectory::add(const providers::Endpoint &endpoint,
                            std::unique_ptr<providers::Provider> provider)
{
    Entry &entry = m_entries[endpoint.name];
    const bool replaces = entry.provider != nullptr;
    if (replaces)
        m_replaced.push_back(std::move(entry.provider));
    entry = Entry{endpoint, std::move(provider)};
    if (replaces && onReplaced)
        onReplaced(endpoint.name);
}

void ProviderDirectory::remove(const QString &name)
{
    const auto entry = m_entries.find(name);
    if (entry == m_entries.end())
        return;
    m_replaced.push_back(std::move(entry->second.provider));
    m_entries.erase(entry);
}

ProviderDirectory::Entry *ProviderDirectory::find(const QString &name)
{
    const auto entry = m_entries.find(name);
    return entry != m_entries.end() ? &entry->second : nullptr;
}

QStringList ProviderDirectory::names() const
{
    QStringList names;
    for (const auto &[name, entry] : m_entries)
        names.append(name);
    return names;
}

QSet<QString> localProviders(const QList<providers::Endpoint> &endpoints)
{
    QSet<QString> names;
    for (const providers::Endpoint &endpoint : endpoints) {
        if (!endpoint.simulated && providers::isLoopback(endpoint.baseUrl))
            names.insert(endpoint.name);
    }
    return names;
}

} // namespace headgate::engine
