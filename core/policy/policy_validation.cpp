#include "core/policy/policy_validation.h"

#include "core/policy/effective_policy.h"
#include "core/policy/policy_checks.h"
#include "core/policy/texts.h"

namespace headgate::policy {

namespace {

using namespace Qt::StringLiterals;

Problem emptyPolicy()
{
    Problem problem;
    problem.code = u"empty-policy"_s;
    problem.sentence = Texts::tr("The policy is empty; start with a query and an answer node.");
    problem.mend =
        Mend{Texts::tr("Add them"), [](const PolicyDocument &document) {
                 PolicyDocument mended = document;
                 mended.nodes = {
                     {.id = {u"query"_s}, .kind = u"query"_s, .title = nodeKind(u"query"_s)->label},
                     {.id = {u"answer"_s},
                      .kind = u"answer"_s,
                      .title = nodeKind(u"answer"_s)->label,
                      .at = {460, 0}}};
                 return mended;
             }};
    return problem;
}

// Errors first, then in the order of nodes; what concerns the whole policy comes before.
QList<Problem> sorted(const PolicyGraph &graph, const QList<Problem> &problems)
{
    struct Key
    {
        Problem::Severity severity;
        qsizetype node;
        qsizetype place;
        auto operator<=>(const Key &) const = default;
    };
    std::vector<Key> keys;
    keys.reserve(size_t(problems.size()));
    for (const Problem &problem : problems) {
        const qsizetype node = problem.node.isEmpty() ? -1 : graph.indexOf(problem.node);
        keys.push_back({problem.severity, node, qsizetype(keys.size())});
    }
    std::sort(keys.begin(), keys.end());
    QList<Problem> inOrder;
    inOrder.reserve(problems.size());
    for (const Key &key : keys)
        inOrder.append(problems[key.place]);
    return inOrder;
}

} // namespace

QList<Problem> validate(const PolicyDocument &document)
{
    QList<Problem> problems;
    checkSettings(document, problems);
    const PolicyGraph graph(document);
    if (document.nodes.isEmpty())
        problems.append(emptyPolicy());
    else
        checkFlow(graph, problems);
    checkNodes(graph, problems);
    checkWires(graph, problems);
    if (hasInactiveNodes(document))
        checkInactive(graph, problems);
    else
        checkAnswers(graph, problems);
    checkKeys(document, problems);
    return sorted(graph, problems);
}

bool hasErrors(const QList<Problem> &problems)
{
    return std::any_of(problems.begin(), problems.end(), [](const Problem &problem) {
        return problem.severity == Problem::Severity::Error;
    });
}

} // namespace headgate::policy
