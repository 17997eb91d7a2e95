#include "core/policy/effective_policy.h"
#include "core/policy/policy_checks.h"
#include "core/policy/problem_parts.h"
#include "core/policy/texts.h"

#include <QSet>

namespace headgate::policy {

namespace {

using namespace Qt::StringLiterals;

// Of these a node is to be mended even while it takes no part.
bool isStructural(const QString &code)
{
    static const QSet<QString> codes{u"no-id"_s, u"duplicate-id"_s, u"cycle"_s, u"many-queries"_s};
    return codes.contains(code);
}

bool isOfRunning(const QString &code)
{
    static const QSet<QString> codes{u"needs-training"_s, u"not-in-this-build"_s,
                                     u"unknown-kind"_s};
    return codes.contains(code);
}

bool isInactive(const PolicyGraph &graph, const NodeId &node)
{
    const qsizetype index = graph.indexOf(node);
    return index >= 0 && graph.document().nodes[index].mode != NodeMode::Active;
}

// What cannot run does no harm in a node that does not.
void quiet(const PolicyGraph &graph, QList<Problem> &problems)
{
    problems.removeIf([&graph](const Problem &problem) {
        return isOfRunning(problem.code) && isInactive(graph, problem.node);
    });
    for (Problem &problem : problems) {
        if (!isStructural(problem.code) && isInactive(graph, problem.node))
            problem.severity = Problem::Severity::Warning;
    }
}

void checkModes(const PolicyGraph &graph, QList<Problem> &problems)
{
    for (qsizetype index = 0; index < graph.nodeCount(); ++index) {
        const Node &node = graph.document().nodes[index];
        const NodeKind *kind = graph.kind(index);
        Problem problem;
        if (node.mode == NodeMode::Bypassed && !canBypass(node.kind))
            problem = errorAt(node, u"cannot-bypass"_s,
                              Texts::tr("%1 cannot be bypassed: it has no one way to hand a query "
                                        "on by.")
                                  .arg(displayName(node)));
        else if (node.mode == NodeMode::Muted && kind && kind->id == "query"_L1)
            problem = errorAt(
                node, u"query-muted"_s,
                Texts::tr("%1 is muted, so no query can enter the policy.").arg(displayName(node)));
        else
            continue;
        problem.mend = activateMend(Texts::tr("Make it active"), node.id);
        problems.append(problem);
    }
}

void reportBlocked(const PolicyGraph &graph, const BlockedPort &blocked, QList<Problem> &problems)
{
    const Node &node = graph.document().nodes[graph.indexOf(blocked.node)];
    const Node &muted = graph.document().nodes[graph.indexOf(blocked.muted)];
    const bool isMuted = muted.mode == NodeMode::Muted;
    Problem problem =
        errorAt(node, u"way-muted"_s,
                (isMuted ? Texts::tr("“%1” of %2 leads to %3, which is muted, and %2 has no other "
                                     "way to go.")
                         : Texts::tr("“%1” of %2 leads to %3, which is bypassed and leads nowhere "
                                     "itself."))
                    .arg(blocked.port, displayName(node), displayName(muted)));
    problem.port = blocked.port;
    problem.mend =
        activateMend(Texts::tr("Make “%1” active").arg(displayName(muted)), blocked.muted);
    problems.append(problem);
}

// A gate that only lost its model to a bypass escalates; one that never had any is wrong.
void checkAnswersLeft(const PolicyGraph &whole, const PolicyGraph &left, QList<Problem> &problems)
{
    QList<Problem> ofWhole;
    checkAnswers(whole, ofWhole);
    QSet<NodeId> alwaysWrong;
    for (const Problem &problem : std::as_const(ofWhole))
        alwaysWrong.insert(problem.node);
    QList<Problem> ofRest;
    checkAnswers(left, ofRest);
    for (Problem &problem : ofRest) {
        const Node &node = whole.document().nodes[whole.indexOf(problem.node)];
        if (problem.code == "gate-without-model"_L1 && !alwaysWrong.contains(problem.node)) {
            problem.severity = Problem::Severity::Warning;
            problem.sentence = Texts::tr("%1 has nothing to score while the model before it takes "
                                         "no part, so it escalates.")
                                   .arg(displayName(node));
        }
        problems.append(problem);
    }
}

} // namespace

void checkInactive(const PolicyGraph &graph, QList<Problem> &problems)
{
    quiet(graph, problems);
    checkModes(graph, problems);
    const EffectivePolicy effective = effectivePolicy(graph.document());
    for (const BlockedPort &blocked : effective.blocked)
        reportBlocked(graph, blocked, problems);
    const PolicyGraph left(effective.document);
    checkAnswersLeft(graph, left, problems);
}

} // namespace headgate::policy
