#include "tests/support/wire_protocol.h"

#include "tests/support/wire_text.h"

using namespace Qt::StringLiterals;

namespace headgate::test {

namespace {

QByteArray namedEvent(const QByteArray &name, const QByteArray &json)
{
    return "event: " + name + "\n" + sseData(json);
}

QByteArray anthropicPiece(const QByteArray &text)
{
    return namedEvent("content_block_delta",
                      R"({"type":"content_block_delta","index":0,"delta":{"type":"text_delta",)"
                      R"("text":")" +
                          text + R"("}})");
}

QByteArray geminiPiece(const QByteArray &text)
{
    return sseData(R"({"candidates":[{"content":{"role":"model","parts":[{"text":")" + text +
                   R"("}]},"index":0}],"usageMetadata":{"promptTokenCount":12,)"
                   R"("totalTokenCount":12},"modelVersion":"served-model"})");
}

QByteArray ollamaPiece(const QByteArray &text)
{
    return R"({"model":"served-model","created_at":"2026-10-01T00:00:00Z",)"
           R"("message":{"role":"assistant","content":")" +
           text + "\"},\"done\":false}\n";
}

QByteArray openAiPiece(const QByteArray &text)
{
    return sseData(deltaJson(text));
}

WireProtocol openAi()
{
    const QByteArray error = R"({"error":{"message":"engine died","code":502}})";
    return {.name = u"openai"_s,
            .streamType = "text/event-stream",
            .start = sseData(deltaJson({})),
            .piece = &openAiPiece,
            .finish = sseData(finishJson()) + sseData(usageJson(12, 3)) + sseData("[DONE]"),
            .mark = finishJson(),
            .body = goodBody(),
            .error = error,
            .errorPiece = sseData(error),
            .errorClass = u"transient"_s,
            .nonsense = sseData("{\"choices\":[{")};
}

WireProtocol azure()
{
    WireProtocol protocol = openAi();
    protocol.name = u"azure"_s;
    protocol.start = sseData(R"({"id":"","model":"","choices":[],"prompt_filter_results":[{}]})") +
                     protocol.start;
    return protocol;
}

WireProtocol anthropic()
{
    const QByteArray error =
        R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})";
    const QByteArray stop = R"({"type":"message_stop"})";
    return {.name = u"anthropic"_s,
            .streamType = "text/event-stream",
            .start =
                namedEvent("message_start",
                           R"({"type":"message_start","message":{"id":"m1","type":"message",)"
                           R"("role":"assistant","model":"served-model","content":[],)"
                           R"("stop_reason":null,"usage":{"input_tokens":12,)"
                           R"("output_tokens":1}}})") +
                namedEvent("content_block_start", R"({"type":"content_block_start","index":0,)"
                                                  R"("content_block":{"type":"text","text":""}})") +
                namedEvent("ping", R"({"type":"ping"})"),
            .piece = &anthropicPiece,
            .finish =
                namedEvent("content_block_stop", R"({"type":"content_block_stop","index":0})") +
                namedEvent("message_delta",
                           R"({"type":"message_delta","delta":{"stop_reason":"end_turn",)"
                           R"("stop_sequence":null},"usage":{"output_tokens":3}})") +
                namedEvent("message_stop", stop),
            .mark = stop,
            .body = R"({"id":"m1","type":"message","role":"assistant","model":"served-model",)"
                    R"("content":[{"type":"text","text":"Hello, world"}],"stop_reason":"end_turn",)"
                    R"("usage":{"input_tokens":12,"output_tokens":3}})",
            .error = error,
            .errorPiece = namedEvent("error", error),
            .errorClass = u"transient"_s,
            .nonsense = namedEvent("content_block_delta", R"({"type":"content_block_)")};
}

WireProtocol gemini()
{
    const QByteArray error =
        R"({"error":{"code":503,"message":"overloaded","status":"UNAVAILABLE"}})";
    const QByteArray last =
        R"({"candidates":[{"content":{"parts":[{"text":""}],"role":"model"},)"
        R"("finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":12,)"
        R"("candidatesTokenCount":3,"totalTokenCount":15},"modelVersion":"served-model"})";
    return {.name = u"gemini"_s,
            .streamType = "text/event-stream",
            .start = {},
            .piece = &geminiPiece,
            .finish = sseData(last),
            .mark = last,
            .body = R"({"candidates":[{"content":{"parts":[{"text":"Hello, world"}],)"
                    R"("role":"model"},"finishReason":"STOP","index":0}],)"
                    R"("usageMetadata":{"promptTokenCount":12,"candidatesTokenCount":3,)"
                    R"("totalTokenCount":15},"modelVersion":"served-model"})",
            .error = error,
            .errorPiece = sseData(error),
            .errorClass = u"transient"_s,
            .nonsense = sseData("{\"candidates\":[{")};
}

WireProtocol ollama()
{
    const QByteArray error = R"({"error":"model runner has unexpectedly stopped"})";
    const QByteArray last =
        R"({"model":"served-model","created_at":"2026-10-01T00:00:01Z",)"
        R"("message":{"role":"assistant","content":""},"done":true,"done_reason":"stop",)"
        R"("total_duration":1000,"prompt_eval_count":12,"eval_count":3})";
    return {.name = u"ollama"_s,
            .streamType = "application/x-ndjson",
            .start = {},
            .piece = &ollamaPiece,
            .finish = last + "\n",
            .mark = last,
            .body = R"({"model":"served-model","message":{"role":"assistant",)"
                    R"("content":"Hello, world"},"done":true,"done_reason":"stop",)"
                    R"("prompt_eval_count":12,"eval_count":3})",
            .error = error,
            .errorPiece = error + "\n",
            .errorClass = u"protocol"_s,
            .nonsense = "{\"message\":{]}\n"};
}

} // namespace

const QList<WireProtocol> &wireProtocols()
{
    static const QList<WireProtocol> protocols{openAi(), azure(), anthropic(), gemini(), ollama()};
    return protocols;
}

} // namespace headgate::test
