#include "core/scorers/json_answer.h"

namespace headgate::scorers {

using namespace Qt::StringLiterals;

namespace {

// Deeper and larger answers are no use to a caller that asked for JSON.
constexpr JsonLimits kAnswerLimits{.maxBytes = 16 * 1024 * 1024, .maxDepth = 64};

QString withoutFence(const QString &answer)
{
    const QString text = answer.trimmed();
    const qsizetype firstLine = text.indexOf(u'\n');
    if (!text.startsWith("```"_L1) || !text.endsWith("```"_L1) || firstLine < 0 ||
        firstLine >= text.size() - 3)
        return text;
    return text.mid(firstLine + 1, text.size() - firstLine - 4).trimmed();
}

} // namespace

Result<Json> jsonAnswer(const QString &answer)
{
    return parseJson(withoutFence(answer).toUtf8(), kAnswerLimits);
}

} // namespace headgate::scorers
