#include "core/policy/node_kinds/label_check.h"

#include "core/policy/problem_parts.h"
#include "core/policy/texts.h"

#include <QSet>

namespace headgate::policy {

using namespace Qt::StringLiterals;

void checkPortNames(const Node &node, const QString &field, const QStringList &names,
                    const QString &reserved, QList<Problem> &problems)
{
    const auto report = [&](const QString &code, const QString &port, const QString &sentence) {
        Problem problem = fieldErrorAt(node, field, code, sentence);
        problem.port = port;
        problems.append(problem);
    };
    QSet<QString> seen;
    for (const QString &name : names) {
        if (name.isEmpty())
            report(u"name-empty"_s, name,
                   Texts::tr("%1 has an entry without a name; its port could not be wired.")
                       .arg(displayName(node)));
        else if (name == reserved)
            report(
                u"name-reserved"_s, name,
                Texts::tr("An entry of %1 is called “%2”, which is the name of its default port; "
                          "give it another name.")
                    .arg(displayName(node), name));
        else if (seen.contains(name))
            report(u"name-duplicate"_s, name,
                   Texts::tr("Two entries of %1 are called “%2”; give one another name.")
                       .arg(displayName(node), name));
        seen.insert(name);
    }
}

} // namespace headgate::policy
