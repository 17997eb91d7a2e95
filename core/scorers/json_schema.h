#pragma once

#include "core/common/json.h"

#include <memory>

namespace headgate::scorers {

// A JSON schema (draft 4 to 7) made ready to check values. Immutable: one instance may be used
// from several threads at once. Nothing is fetched: a reference to another document is refused.
class JsonSchema
{
public:
    // InvalidInput with a sentence where the schema or one of its patterns is wrong.
    static Result<std::unique_ptr<JsonSchema>> compile(const Json &schema);
    ~JsonSchema();

    // Where and how the value breaks the schema first; empty where it fits. LimitReached where a
    // text is too long to be held against the schema's patterns.
    Result<QString> firstViolation(const Json &value) const;

private:
    JsonSchema();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace headgate::scorers
