#include "tests/support/wire_text.h"

namespace headgate::test {

namespace {

QByteArray chunkWith(const QByteArray &members)
{
    return R"({"id":"c1","object":"chat.completion.chunk","created":1700000000,)"
           R"("model":"served-model",)" +
           members + "}";
}

} // namespace

QByteArray httpResponse(int status, const QByteArray &body, const QList<QByteArray> &headers)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + " Status\r\n";
    for (const QByteArray &header : headers)
        head += header + "\r\n";
    return head + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

QByteArray openHead(const QByteArray &contentType)
{
    return "HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\nConnection: close\r\n\r\n";
}

QByteArray chunkedHead(const QByteArray &contentType)
{
    return "HTTP/1.1 200 OK\r\nContent-Type: " + contentType +
           "\r\nTransfer-Encoding: chunked\r\n\r\n";
}

QByteArray httpChunk(const QByteArray &bytes)
{
    return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
}

QByteArray lastChunk()
{
    return "0\r\n\r\n";
}

QByteArray sseData(const QByteArray &json)
{
    return "data: " + json + "\n\n";
}

QByteArray deltaJson(const QByteArray &text)
{
    return chunkWith(R"("choices":[{"index":0,"delta":{"content":")" + text +
                     R"("},"finish_reason":null}],"usage":null)");
}

QByteArray finishJson(const QByteArray &reason)
{
    return chunkWith(R"("choices":[{"index":0,"delta":{},"finish_reason":")" + reason +
                     R"("}],"usage":null)");
}

QByteArray usageJson(int prompt, int completion)
{
    return chunkWith(R"("choices":[],"usage":{"prompt_tokens":)" + QByteArray::number(prompt) +
                     R"(,"completion_tokens":)" + QByteArray::number(completion) +
                     R"(,"total_tokens":)" + QByteArray::number(prompt + completion) + "}");
}

QByteArray goodStream()
{
    return sseData(chunkWith(R"("choices":[{"index":0,"delta":{"role":"assistant","content":""},)"
                             R"("finish_reason":null}],"usage":null)")) +
           sseData(deltaJson("Hello")) + sseData(deltaJson(", world")) + sseData(finishJson()) +
           sseData(usageJson(12, 3)) + sseData("[DONE]");
}

QByteArray goodBody()
{
    return R"({"id":"c1","object":"chat.completion","created":1700000000,"model":"served-model",)"
           R"("choices":[{"index":0,"message":{"role":"assistant","content":"Hello, world"},)"
           R"("logprobs":null,"finish_reason":"stop"}],)"
           R"("usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}})";
}

} // namespace headgate::test
