#pragma once

#include "core/common/json.h"

#include <initializer_list>
#include <optional>

namespace headgate::providers {

// The parameters of a request, named as OpenAI names them, taken out one by one by a protocol that
// names them otherwise. Null counts as absent.
class CallParameters
{
public:
    explicit CallParameters(const Json &parameters);

    std::optional<Json> take(const char *name);
    // Moves it into `target` under the other name.
    void move(const char *name, Json &target, const char *otherName);
    // max_completion_tokens, or the older max_tokens.
    std::optional<Json> takeTokenLimit();
    // A list of texts; empty where there are none.
    Json takeStops();
    // The functions in `tools`: {name, description, parameters}.
    QList<Json> takeFunctions();

    struct Format
    {
        bool isJson = false;
        Json schema; // null: any object
    };
    Format takeFormat();

    struct ToolChoice
    {
        enum class Kind { None, Auto, Required, Named };
        Kind kind = Kind::Auto;
        QString name;
    };
    std::optional<ToolChoice> takeToolChoice();

    // Drops what only OpenAI's family has.
    void dropForeign();
    // What was not taken: the protocol's own parameters.
    const Json &rest() const { return m_rest; }

private:
    Json m_rest;
};

} // namespace headgate::providers
