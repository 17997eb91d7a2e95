#include "core/providers/gemini_request.h"

#include "core/providers/call_parameters.h"
#include "core/providers/message_parts.h"
#include "core/providers/texts.h"

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

Result<Json> partFor(const ContentPart &part)
{
    switch (part.kind) {
    case ContentPart::Kind::Text:
        return Json{{"text", toStdString(part.text)}};
    case ContentPart::Kind::Image:
        if (!part.url.isEmpty())
            return fail(ErrorCode::Unavailable,
                        Texts::tr("Gemini takes an image only with its data, not by its address. "
                                  "Put the image itself into the message."));
        return Json{
            {"inlineData",
             {{"mimeType", toStdString(part.mediaType)}, {"data", toStdString(part.data)}}}};
    case ContentPart::Kind::Other:
        break;
    }
    return fail(ErrorCode::Unavailable,
                Texts::tr("A message holds a part of the type “%1”, which Gemini's protocol does "
                          "not carry.")
                    .arg(part.text));
}

Result<Json> partsOf(const Message &message)
{
    Json parts = Json::array();
    for (const ContentPart &content : contentOf(message)) {
        Result<Json> part = partFor(content);
        if (!part)
            return part;
        parts.push_back(std::move(*part));
    }
    if (const QString signature = signatureOf(message); !signature.isEmpty()) {
        if (parts.empty() || !parts.back().contains("text"))
            parts.push_back({{"text", ""}}); // as a stream of thoughts alone gave it
        parts.back()["thoughtSignature"] = toStdString(signature);
    }
    for (const ToolCall &call : toolCallsOf(message)) {
        Json part = {{"functionCall",
                      {{"name", toStdString(call.name)},
                       {"args", objectIn(call.arguments).value_or(Json::object())}}}};
        if (!call.signature.isEmpty())
            part["thoughtSignature"] = toStdString(call.signature);
        parts.push_back(std::move(part));
    }
    if (parts.empty())
        parts.push_back({{"text", ""}});
    return parts;
}

Json toolResponse(const QList<Message> &messages, qsizetype at)
{
    const QString &text = messages.at(at).text;
    return {{"functionResponse",
             {{"name", toStdString(answeringToolOf(messages, at))},
              {"response", objectIn(text).value_or(Json{{"result", toStdString(text)}})}}}};
}

Result<Json> contentsOf(const QList<Message> &messages)
{
    Json list = Json::array();
    bool afterTool = false;
    for (qsizetype i = 0; i < messages.size(); ++i) {
        const Message &message = messages.at(i);
        if (message.role == Message::Role::System)
            continue;
        const bool isTool = message.role == Message::Role::Tool;
        // The results of one turn belong into one content.
        if (isTool && afterTool) {
            list.back()["parts"].push_back(toolResponse(messages, i));
            continue;
        }
        afterTool = isTool;
        Result<Json> parts = isTool ? Json::array({toolResponse(messages, i)}) : partsOf(message);
        if (!parts)
            return parts;
        list.push_back({{"role", message.role == Message::Role::Assistant ? "model" : "user"},
                        {"parts", std::move(*parts)}});
    }
    return list;
}

void putGeminiTools(CallParameters &parameters, Json &body)
{
    using Kind = CallParameters::ToolChoice::Kind;
    Json declarations = Json::array();
    for (const Json &function : parameters.takeFunctions()) {
        Json declaration = {{"name", function.value("name", Json())}};
        if (function.contains("description"))
            declaration["description"] = function["description"];
        if (function.contains("parameters"))
            declaration["parametersJsonSchema"] = function["parameters"];
        declarations.push_back(std::move(declaration));
    }
    if (!declarations.empty())
        body["tools"] = Json::array({{{"functionDeclarations", std::move(declarations)}}});
    const auto choice = parameters.takeToolChoice();
    if (!choice)
        return;
    Json calling = {{"mode", "AUTO"}};
    if (choice->kind == Kind::None)
        calling["mode"] = "NONE";
    if (choice->kind == Kind::Required || choice->kind == Kind::Named)
        calling["mode"] = "ANY";
    if (choice->kind == Kind::Named)
        calling["allowedFunctionNames"] = Json::array({toStdString(choice->name)});
    body["toolConfig"] = {{"functionCallingConfig", std::move(calling)}};
}

void putGeminiEffort(CallParameters &parameters, Json &config)
{
    const auto effort = parameters.take("reasoning_effort");
    if (!effort)
        return;
    if (*effort == "none")
        config["thinkingConfig"]["thinkingBudget"] = 0;
    else
        config["thinkingConfig"]["thinkingLevel"] = *effort == "xhigh" ? Json("high") : *effort;
}

void putFormat(CallParameters &parameters, Json &config)
{
    const auto format = parameters.takeFormat();
    if (!format.isJson)
        return;
    config["responseMimeType"] = "application/json";
    if (format.schema.is_object())
        config["responseJsonSchema"] = format.schema;
}

void putGeminiLogProbabilities(CallParameters &parameters, bool wanted, Json &config)
{
    const auto asked = parameters.take("logprobs");
    const auto top = parameters.take("top_logprobs");
    if (!wanted && !(asked && *asked == true))
        return;
    config["responseLogprobs"] = true;
    if (top)
        config["logprobs"] = *top;
}

Json configOf(CallParameters &parameters, bool wantsLogProbabilities)
{
    Json config = parameters.take("generationConfig").value_or(Json::object());
    if (!config.is_object())
        config = Json::object();
    struct Name
    {
        const char *ours;
        const char *theirs;
    };
    for (const Name name : {Name{"temperature", "temperature"}, Name{"top_p", "topP"},
                            Name{"top_k", "topK"}, Name{"n", "candidateCount"},
                            Name{"seed", "seed"}, Name{"presence_penalty", "presencePenalty"},
                            Name{"frequency_penalty", "frequencyPenalty"}})
        parameters.move(name.ours, config, name.theirs);
    if (auto limit = parameters.takeTokenLimit())
        config["maxOutputTokens"] = std::move(*limit);
    if (Json stops = parameters.takeStops(); !stops.empty())
        config["stopSequences"] = std::move(stops);
    putFormat(parameters, config);
    putGeminiEffort(parameters, config);
    putGeminiLogProbabilities(parameters, wantsLogProbabilities, config);
    return config;
}

} // namespace

Result<QByteArray> encodeGeminiRequest(const CompletionRequest &request,
                                       bool offersLogProbabilities)
{
    Result<Json> contents = contentsOf(request.messages);
    if (!contents)
        return tl::unexpected(std::move(contents).error());
    CallParameters parameters(request.parameters);
    Json body = Json::object();
    putGeminiTools(parameters, body);
    if (Json config = configOf(parameters, request.wantLogProbabilities && offersLogProbabilities);
        !config.empty())
        body["generationConfig"] = std::move(config);
    parameters.dropForeign();
    body.update(parameters.rest());
    if (const QString system = systemTextOf(request.messages); !system.isEmpty())
        body["systemInstruction"] = {{"parts", Json::array({{{"text", toStdString(system)}}})}};
    body["contents"] = std::move(*contents);
    return compactJson(body);
}

} // namespace headgate::providers
