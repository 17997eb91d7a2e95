#pragma once

#include "core/providers/api_error.h"
#include "core/providers/endpoint.h"
#include "core/providers/provider.h"

#include <QMap>

#include <memory>
#include <optional>

namespace headgate::providers {

// Builds one completion from a whole body or from the chunks of a stream; both have the same
// members, and servers mix them. Members that it does not know are skipped.
class OpenAiResponse
{
public:
    explicit OpenAiResponse(const Dialect &dialect);
    ~OpenAiResponse();
    OpenAiResponse(const OpenAiResponse &) = delete;
    OpenAiResponse &operator=(const OpenAiResponse &) = delete;

    // Adds one JSON text. False: it is no JSON object.
    bool read(QByteArrayView json);
    // Takes the data of an event that is called an error, whatever its shape.
    void readError(QByteArrayView data);

    const Completion &completion() const { return m_completion; }
    // Answer text that the last read added.
    const QString &newText() const { return m_newText; }
    // The first error that the provider reported inside its answer.
    const std::optional<ApiError> &error() const { return m_error; }
    bool sawChoices() const { return m_sawChoices; }
    // At least one choice was seen, and each has its finish reason.
    bool finished() const;
    // Text, reasoning or a tool call has come.
    bool begun() const;
    // As the provider counted; none where it did not, or not credibly.
    const std::optional<catalog::TokenUsage> &usage() const { return m_usage; }

private:
    struct Reader; // the simdjson side

    Dialect m_dialect;
    std::unique_ptr<Reader> m_reader;
    Completion m_completion;
    std::optional<catalog::TokenUsage> m_usage;
    std::optional<ApiError> m_error;
    QString m_newText;
    bool m_sawChoices = false;
    std::optional<qint64> m_mainChoice;   // the choice whose text is taken: the first that came
    QMap<qint64, bool> m_choiceFinished;  // by index
    QMap<qint64, qsizetype> m_toolPlaces; // index of a tool call → place in the completion's list
};

} // namespace headgate::providers
