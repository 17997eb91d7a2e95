#pragma once

#include "core/common/clock.h"
#include "core/providers/key_source.h"
#include "core/providers/provider.h"

#include <QSet>

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace headgate::engine {

// The configured providers by name.
class ProviderDirectory
{
public:
    // Both outlive the directory.
    explicit ProviderDirectory(Clock &clock,
                               const providers::KeySource &keys = providers::environmentKeys());
    ~ProviderDirectory();

    // Adds it, or replaces the one of that name; calls on their way end at the former one. Fails
    // where the protocol is unknown or the URL is not allowed.
    Result<> add(const providers::Endpoint &endpoint);
    // For tests: a provider that is not made from an endpoint.
    void add(const providers::Endpoint &endpoint, std::unique_ptr<providers::Provider> provider);

    struct Entry
    {
        providers::Endpoint endpoint;
        std::unique_ptr<providers::Provider> provider;
    };
    // nullptr where there is none. The entry stays where it is; its provider may be replaced.
    Entry *find(const QString &name);
    // Calls on their way end at it; nothing where there is none of that name.
    void remove(const QString &name);
    QStringList names() const;

    // Called where an endpoint took the place of one of the same name; may be empty.
    std::function<void(const QString &name)> onReplaced;

private:
    Clock &m_clock;
    const providers::KeySource &m_keys;
    std::map<QString, Entry> m_entries;
    std::vector<std::unique_ptr<providers::Provider>> m_replaced; // calls may still be on their way
};

// Of these, the names of those that run on this machine and are no simulation: their models cost
// nothing a token unless somebody says otherwise.
QSet<QString> localProviders(const QList<providers::Endpoint> &endpoints);

// A file that names endpoints without the settings: {"<name>": {"protocol": "openai",
// "base_url": "…", "key_variable": "…", …}}. A name that is a preset's, or "preset": "<id>", starts
// from that preset; its key's variable holds for its own address only. Errors name the provider and
// the field.
Result<QList<providers::Endpoint>> endpointsFromJson(const Json &root);
// What that reads back as the same endpoints; the simulated ones are left out.
Json endpointsToJson(const QList<providers::Endpoint> &endpoints);

// The same in a file. One that is not there holds none.
Result<QList<providers::Endpoint>> readEndpointFile(const QString &path);
Result<> writeEndpointFile(const QList<providers::Endpoint> &endpoints, const QString &path);

} // namespace headgate::engine
