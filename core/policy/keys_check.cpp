#include "core/policy/key_texts.h"
#include "core/policy/policy_checks.h"
#include "core/policy/texts.h"

namespace headgate::policy {

using namespace Qt::StringLiterals;

void checkKeys(const PolicyDocument &document, QList<Problem> &problems)
{
    const QList<KeyText> found = keyTextsIn(document);
    for (const KeyText &text : found) {
        Problem problem;
        problem.severity = Problem::Severity::Warning;
        problem.code = u"key-in-policy"_s;
        problem.node = text.node;
        problem.field = text.field;
        problem.sentence =
            text.isProviders
                ? Texts::tr("A key of one of your providers stands in %1; whoever gets the file "
                            "gets the key.")
                      .arg(text.place)
                : Texts::tr("What looks like a key stands in %1; whoever gets the file gets it.")
                      .arg(text.place);
        problem.mend =
            Mend{found.size() == 1 ? Texts::tr("Take it out") : Texts::tr("Take all keys out"),
                 [](const PolicyDocument &before) { return withoutKeys(before); }};
        problems.append(problem);
    }
}

} // namespace headgate::policy
