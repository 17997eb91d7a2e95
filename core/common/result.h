#pragma once

#include <QString>

#include <tl/expected.hpp>

namespace headgate {

enum class ErrorCode {
    InvalidInput,       // what the user gave cannot be used; the message names the place
    UnsupportedVersion, // written by a newer version of Headgate
    UnknownKind,
    NotFound,
    Io,
    DiskFull,
    Busy, // somebody else holds it
    Damaged,
    Network,
    Timeout,
    RateLimited,
    Unauthorized,
    Protocol, // a peer answered something that its protocol does not allow
    Cancelled,
    LimitReached,
    NeedsTraining,
    Unavailable, // known, but not part of this build
};

struct Error
{
    ErrorCode code = ErrorCode::InvalidInput;
    QString message; // one sentence for the user, already translated
    QString detail;  // file position, HTTP body, SQL text: for the log only; never keys or prompts

    bool isRetryable() const
    {
        return code == ErrorCode::Network || code == ErrorCode::RateLimited;
    }
    bool operator==(const Error &) const = default;
};

// Nothing of ours throws: what can fail returns a Result. Callers branch on `code`, show
// `message` and log `detail`.
template<typename T = void>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, QString message,
                                                QString detail = {})
{
    return tl::unexpected<Error>(Error{code, std::move(message), std::move(detail)});
}

} // namespace headgate
