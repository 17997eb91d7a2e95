#pragma once

#include "core/providers/endpoint.h"

#include <QList>

namespace headgate::providers {

// A known server, as a start for a provider of the user's own. Everything in it may be changed.
struct ProviderPreset
{
    QString id;    // "openai": the name that the catalog knows the provider by
    QString title; // "OpenAI"
    Endpoint endpoint;
    QString addressToFill; // the part of the base URL that the user has to replace; else empty
};

// The servers that are known, in the order in which they are offered: hosted ones
// first, then those of one's own machine.
const QList<ProviderPreset> &providerPresets();
// nullptr where there is none of that id.
const ProviderPreset *findPreset(const QString &id);

} // namespace headgate::providers
