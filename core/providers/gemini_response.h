#pragma once

#include "core/providers/response_reader.h"

#include <QMap>

namespace headgate::providers {

// Reads what Gemini generates: whole, or as pieces of the same shape, in events or in a list.
class GeminiResponse final : public ResponseReader
{
public:
    bool sawAnswer() const override { return m_blocked || !m_candidateFinished.isEmpty(); }
    // Each candidate has its reason, or the prompt was blocked. Nothing else marks the end.
    bool finished() const override;
    // Its counts grow with each piece.
    bool countsOutput() const override { return finished(); }

protected:
    void take(const simdjson::dom::element &root) override;

private:
    void takeCandidate(qint64 index, const simdjson::dom::element &candidate);
    void takePart(const simdjson::dom::element &part);
    void takeLogProbabilities(const simdjson::dom::element &result);
    void takeUsage(const simdjson::dom::element &usage);

    std::optional<qint64> m_mainCandidate; // whose text is taken: the first that came
    QMap<qint64, bool> m_candidateFinished;
    bool m_blocked = false;
};

} // namespace headgate::providers
