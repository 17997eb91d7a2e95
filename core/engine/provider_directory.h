#pragma once

#include "core/common/clock.h"
#include "core/providers/endpoint.h"
#include "core/providers/provider.h"

#include <map>
#include <memory>
#include <vector>

namespace headgate::engine {

// The configured providers by name.
class ProviderDirectory
{
public:
    explicit ProviderDirectory(Clock &clock); // outlives the directory
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
    QStringList names() const;

private:
    Clock &m_clock;
    std::map<QString, Entry> m_entries;
    std::vector<std::unique_ptr<providers::Provider>> m_replaced; // calls may still be on their way
};

// A file that names endpoints without the settings: {"<name>": {"protocol": "openai",
// "base_url": "…", "key_variable": "…", …}}. A name that is a preset's, or "preset": "<id>", starts
// from that preset; its key's variable holds for its own address only. Errors name the provider and
// the field.
Result<QList<providers::Endpoint>> endpointsFromJson(const Json &root);

} // namespace headgate::engine
