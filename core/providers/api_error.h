#pragma once

#include "core/common/json.h"

#include <chrono>
#include <optional>

namespace headgate::providers {

// A provider's own account of what went wrong, in whichever shape it came.
struct ApiError
{
    QString message;
    QString type;
    QString code;
    QString param;
    int status = 0;         // an HTTP status given inside the body; 0: none
    bool moderated = false; // the content was refused, not the caller
    std::optional<std::chrono::milliseconds> retryAfter; // where the body itself asks for a wait
    bool dailyQuota = false; // a quota that waiting for minutes does not bring back
};

// The error in an answer, or none where it holds none. Knows {"error": object or text}, the flat
// {"object":"error",…}, {"detail": text or list} and {"message": text}.
std::optional<ApiError> apiErrorIn(const Json &answer);
// The error in a body of an error status, which may also be HTML (its title), text or nothing.
ApiError apiErrorOfBody(QByteArrayView body);

} // namespace headgate::providers
