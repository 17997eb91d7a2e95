#pragma once

#include "core/providers/api_error.h"
#include "core/providers/provider.h"

#include <memory>
#include <optional>

namespace simdjson::dom {
class element;
}

namespace headgate::providers {

class JsonParser;

// Builds one completion from what a server of one protocol sends: a whole body, or the pieces of a
// stream. Members that it does not know are skipped. One reader a call.
class ResponseReader
{
public:
    ResponseReader();
    virtual ~ResponseReader();
    ResponseReader(const ResponseReader &) = delete;
    ResponseReader &operator=(const ResponseReader &) = delete;

    // Adds one JSON text. False: it is no JSON object.
    bool read(QByteArrayView json);
    // Takes the data of an event that is called an error, whatever its shape.
    void readError(QByteArrayView data);
    // The body was one object, and it is closed.
    virtual void endOfBody() {}

    const Completion &completion() const { return m_completion; }
    // Answer text that the last read added.
    const QString &newText() const { return m_newText; }
    // The first error that the provider reported inside its answer.
    const std::optional<ApiError> &error() const { return m_error; }
    // Text, reasoning or a tool call has come.
    bool begun() const;

    // What came is an answer of this protocol, as far as it came.
    virtual bool sawAnswer() const = 0;
    // The answer may be whole: if the stream ends here, it is.
    virtual bool finished() const = 0;
    // The protocol's last word was read: nothing of the answer can follow.
    virtual bool ended() const { return false; }
    // "[DONE]" is that last word.
    virtual bool endsWithMark() const { return false; }

    // As the provider counted; none where it did not, or not credibly.
    const std::optional<catalog::TokenUsage> &usage() const { return m_usage; }
    // Whether that count covers the whole input, and all output that has come.
    bool countsInput() const { return m_countsInput; }
    virtual bool countsOutput() const { return true; }
    // The server drops, without a word, what of a prompt is too long for it.
    virtual bool mayCutInput() const { return false; }

protected:
    // Takes one piece; it adds answer text to m_newText.
    virtual void take(const simdjson::dom::element &root) = 0;
    void takeError(const simdjson::dom::element &root);
    void takeError(const ApiError &error);

    Completion m_completion; // without the text of m_newText
    QString m_newText;
    std::optional<ApiError> m_error;
    std::optional<catalog::TokenUsage> m_usage;
    bool m_countsInput = true;

private:
    std::unique_ptr<JsonParser> m_parser;
};

} // namespace headgate::providers
