#include "core/providers/call_parameters.h"

using namespace Qt::StringLiterals;

namespace headgate::providers {

CallParameters::CallParameters(const Json &parameters)
    : m_rest(parameters.is_object() ? parameters : Json::object())
{
}

std::optional<Json> CallParameters::take(const char *name)
{
    const auto it = m_rest.find(name);
    if (it == m_rest.end())
        return std::nullopt;
    Json value = std::move(*it);
    m_rest.erase(it);
    return value.is_null() ? std::nullopt : std::optional(std::move(value));
}

void CallParameters::move(const char *name, Json &target, const char *otherName)
{
    if (auto value = take(name))
        target[otherName] = std::move(*value);
}

std::optional<Json> CallParameters::takeTokenLimit()
{
    auto older = take("max_tokens");
    auto newer = take("max_completion_tokens");
    return newer ? newer : older;
}

Json CallParameters::takeStops()
{
    const auto stop = take("stop");
    if (!stop)
        return Json::array();
    return stop->is_array() ? *stop : Json::array({*stop});
}

QList<Json> CallParameters::takeFunctions()
{
    QList<Json> functions;
    const auto tools = take("tools");
    if (!tools || !tools->is_array())
        return functions;
    for (const Json &tool : *tools) {
        const auto function = tool.is_object() ? tool.find("function") : tool.end();
        if (function != tool.end() && function->is_object())
            functions.append(*function);
    }
    return functions;
}

CallParameters::Format CallParameters::takeFormat()
{
    const auto format = take("response_format");
    if (!format)
        return {};
    const QString type = jsonString(*format, "type");
    if (type == "json_object"_L1)
        return {.isJson = true, .schema = {}};
    if (type != "json_schema"_L1)
        return {};
    const auto wrapper = format->find("json_schema");
    if (wrapper == format->end() || !wrapper->is_object())
        return {.isJson = true, .schema = {}};
    return {.isJson = true, .schema = wrapper->value("schema", Json())};
}

std::optional<CallParameters::ToolChoice> CallParameters::takeToolChoice()
{
    const auto choice = take("tool_choice");
    if (!choice)
        return std::nullopt;
    if (choice->is_object()) {
        const auto function = choice->find("function");
        const QString name = function == choice->end() ? QString() : jsonString(*function, "name");
        return ToolChoice{ToolChoice::Kind::Named, name};
    }
    if (*choice == "none")
        return ToolChoice{ToolChoice::Kind::None, {}};
    if (*choice == "required")
        return ToolChoice{ToolChoice::Kind::Required, {}};
    return ToolChoice{ToolChoice::Kind::Auto, {}};
}

void CallParameters::dropForeign()
{
    for (const char *name :
         {"n", "seed", "user", "store", "logprobs", "top_logprobs", "logit_bias",
          "presence_penalty", "frequency_penalty", "parallel_tool_calls", "stream",
          "stream_options", "service_tier", "prediction", "modalities", "verbosity"})
        m_rest.erase(name);
}

} // namespace headgate::providers
