#pragma once

#include "core/providers/response_reader.h"

#include <QMap>

namespace headgate::providers {

class TokenCounts;

// Reads messages as Anthropic's protocol writes them: whole, or as named events.
class AnthropicResponse final : public ResponseReader
{
public:
    bool sawAnswer() const override { return m_sawAnswer; }
    // Only message_stop ends a stream: a reason to stop alone is no end.
    bool finished() const override { return m_ended; }
    bool ended() const override { return m_ended; }
    bool countsOutput() const override { return m_countsOutput; }

protected:
    void take(const simdjson::dom::element &root) override;

private:
    void takeMessage(const simdjson::dom::element &message);
    void takeBlock(qint64 index, const simdjson::dom::element &block);
    void takeDelta(qint64 index, const simdjson::dom::element &delta);
    void takeStopReason(const simdjson::dom::element &from);
    void takeUsage(const simdjson::dom::element &from);
    std::optional<catalog::TokenUsage> usageSoFar() const;
    ToolCall *toolCallAt(qint64 index);

    // As far as told; each event replaces what it tells anew.
    struct Counts
    {
        std::optional<qint64> input;
        std::optional<qint64> cacheRead;
        std::optional<qint64> cacheWrite;
        std::optional<qint64> cacheWrite5m;
        std::optional<qint64> cacheWrite1h;
        std::optional<qint64> output;
        std::optional<qint64> thinking;
        bool valid = true;
    };

    Counts m_counts;
    QMap<qint64, qsizetype> m_toolPlaces; // index of a block → place in the completion's list
    bool m_sawAnswer = false;
    bool m_ended = false;
    bool m_countsOutput = false;
};

} // namespace headgate::providers
