#include "core/routers/task_kind.h"

#include "core/text/code_detection.h"
#include "core/text/language_detection.h"
#include "core/text/prompt_cues.h"

namespace headgate::routers {

using namespace Qt::StringLiterals;

namespace {

constexpr float kFormula = 0.5F; // two signs that formulas have
constexpr float kChoices = 0.4F; // two lines that begin as answers do
constexpr qint64 kLongTokens = 2000;

} // namespace

QString taskKindOf(QStringView prompt, qint64 tokens)
{
    if (text::looksLikeCode(prompt))
        return u"code"_s;
    thread_local text::FoldedText folded;
    text::fold(prompt, folded);
    const text::PromptCues cues = text::readPromptCues(prompt, folded);
    if (cues[size_t(text::PromptCue::Formula)] >= kFormula)
        return u"math"_s;
    if (cues[size_t(text::PromptCue::Choices)] >= kChoices)
        return u"choice"_s;
    const QString language = text::detectLanguage(prompt);
    if (!language.isEmpty() && language != "en"_L1)
        return u"other_language"_s;
    return tokens > kLongTokens ? u"long"_s : u"any"_s;
}

} // namespace headgate::routers
