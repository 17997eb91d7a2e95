#pragma once

#include "core/common/message.h"

namespace headgate::evaluation {

// A conversation as OpenAI's chat protocol writes it: [{"role", "content", …}]. The content is a
// text or a list of parts; whatever else there is goes into `extra`. InvalidInput says which
// message cannot be read.
[[nodiscard]] Result<QList<Message>> readMessages(const QByteArray &json);

} // namespace headgate::evaluation
