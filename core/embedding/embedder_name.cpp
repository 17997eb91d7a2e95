#include "core/embedding/embedder_name.h"

#include "core/embedding/texts.h"

namespace headgate::embedding {

using namespace Qt::StringLiterals;

namespace {

const QString kEndpoint = u"endpoint:"_s;

} // namespace

QString endpointEmbedder(const EndpointModel &endpoint) {
  return kEndpoint + endpoint.provider + u'/' + endpoint.model;
}

Result<EndpointModel> endpointModelIn(const QString &embedder) {
  EndpointModel endpoint;
  if (embedder.startsWith(kEndpoint)) {
    endpoint.provider =
        embedder.mid(kEndpoint.size()).section(u'/', 0, 0).trimmed();
    endpoint.model = embedder.mid(kEndpoint.size()).section(u'/', 1).trimmed();
  }
  if (!endpoint.provider.isEmpty() && !endpoint.model.isEmpty())
    return endpoint;
  return fail(ErrorCode::InvalidInput,
              Texts::tr("There is no embedder “%1”: write “lsa”, or "
                        "“endpoint:PROVIDER/MODEL” "
                        "with a configured provider and the model that embeds.")
                  .arg(embedder));
}

} // namespace headgate::embedding
