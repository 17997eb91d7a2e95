#pragma once

#include "core/common/result.h"

#include <QString>

namespace headgate::embedding {

// How policies, artifacts and the command line name an embedder: "lsa", or
// "endpoint:PROVIDER/MODEL", where the provider is one of the configured ones.
// A model's id may hold slashes, the name of a provider none.
inline const QString kLsa = QStringLiteral("lsa");

struct EndpointModel {
  QString provider;
  QString model;

  bool operator==(const EndpointModel &) const = default;
};

QString endpointEmbedder(const EndpointModel &endpoint);
// InvalidInput: not written like that.
[[nodiscard]] Result<EndpointModel> endpointModelIn(const QString &embedder);

} // namespace headgate::embedding
