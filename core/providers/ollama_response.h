#pragma once

#include "core/providers/response_reader.h"

namespace headgate::providers {

// Reads chats as Ollama writes them: one object, or one a line.
class OllamaResponse final : public ResponseReader
{
public:
    bool mayCutInput() const override { return true; }
    bool sawAnswer() const override { return m_sawAnswer; }
    bool finished() const override { return m_done; }
    bool ended() const override { return m_done; }

protected:
    void take(const simdjson::dom::element &root) override;

private:
    void takeMessage(const simdjson::dom::element &message);
    void takeToolCalls(const simdjson::dom::element &list);
    void takeLogProbabilities(const simdjson::dom::element &list);
    void takeUsage(const simdjson::dom::element &root);

    bool m_sawAnswer = false;
    bool m_done = false;
};

} // namespace headgate::providers
