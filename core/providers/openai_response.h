#pragma once

#include "core/providers/endpoint.h"
#include "core/providers/response_reader.h"

#include <QMap>

namespace headgate::providers {

// Reads chat completions as OpenAI's family of servers writes them. Whole bodies and chunks of
// streams have the same members, and servers mix them.
class OpenAiResponse final : public ResponseReader
{
public:
    explicit OpenAiResponse(const Dialect &dialect);

    void endOfBody() override { m_closed = true; }
    bool sawAnswer() const override { return m_sawChoices; }
    // At least one choice was seen, and each has its finish reason.
    bool finished() const override;
    bool endsWithMark() const override { return true; }

protected:
    void take(const simdjson::dom::element &root) override;

private:
    struct Reader; // the simdjson side

    Dialect m_dialect;
    bool m_sawChoices = false;
    bool m_closed = false;
    std::optional<qint64> m_mainChoice;   // the choice whose text is taken: the first that came
    QMap<qint64, bool> m_choiceFinished;  // by index
    QMap<qint64, qsizetype> m_toolPlaces; // index of a tool call → place in the completion's list
};

} // namespace headgate::providers
