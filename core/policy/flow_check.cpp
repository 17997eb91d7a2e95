#include "core/policy/policy_checks.h"
#include "core/policy/problem_parts.h"
#include "core/policy/texts.h"

#include <QSet>

namespace headgate::policy {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kNodesNamed = 6; // of a cycle; more are left out of the sentence

// Adds a node of a kind that the policy lacks, left or right of all others.
Mend addNodeMend(const QString &label, const QString &kind, bool leftmost)
{
    return {label, [kind, leftmost](const PolicyDocument &document) {
                constexpr double kColumn = 230;
                PolicyDocument mended = document;
                QSet<QString> taken;
                QPointF at;
                for (const Node &node : document.nodes) {
                    taken << node.id.value << node.title;
                    const bool further =
                        leftmost ? node.at.x() - kColumn < at.x() : node.at.x() + kColumn > at.x();
                    if (further)
                        at = {node.at.x() + (leftmost ? -kColumn : kColumn), node.at.y()};
                }
                for (const Wire &wire : document.wires)
                    taken << wire.from.value << wire.to.value;
                Node node{.id = {kind}, .kind = kind, .title = nodeKind(kind)->label, .at = at};
                for (int number = 2; taken.contains(node.id.value); ++number)
                    node.id.value = kind + QString::number(number);
                if (taken.contains(node.title))
                    node.title.clear();
                mended.nodes.append(node);
                return mended;
            }};
}

// Looks for wires that close a cycle by a depth-first walk without recursion.
class CycleSearch
{
public:
    CycleSearch(const PolicyGraph &graph, QList<Problem> &problems)
        : m_graph(graph)
        , m_problems(problems)
        , m_depth(size_t(graph.nodeCount()), kNew)
    {
    }

    void from(qsizetype start)
    {
        if (m_depth[size_t(start)] != kNew)
            return;
        enter(start);
        while (!m_path.empty()) {
            const qsizetype node = m_path.back().node;
            const auto wires = m_graph.wiresFrom(node);
            if (m_path.back().nextWire == wires.size()) {
                m_depth[size_t(node)] = kDone;
                m_path.pop_back();
                continue;
            }
            const qsizetype wire = wires[m_path.back().nextWire++];
            const qsizetype next = m_graph.to(wire);
            if (!m_graph.isLive(wire))
                continue;
            if (m_depth[size_t(next)] == kNew)
                enter(next);
            else if (m_depth[size_t(next)] != kDone)
                report(wire, m_depth[size_t(next)]);
        }
    }

private:
    static constexpr qsizetype kNew = -1;
    static constexpr qsizetype kDone = -2;

    struct Stop
    {
        qsizetype node = -1;
        size_t nextWire = 0;
    };

    void enter(qsizetype node)
    {
        m_depth[size_t(node)] = qsizetype(m_path.size());
        m_path.push_back({node, 0});
    }

    QString nameAt(qsizetype depth) const
    {
        return displayName(m_graph.document().nodes[m_path[size_t(depth)].node]);
    }

    // The cycle is the path from `first` on, closed by the wire.
    void report(qsizetype wire, qsizetype first)
    {
        const qsizetype last = qsizetype(m_path.size()) - 1;
        QStringList names;
        for (qsizetype depth = first; depth <= last; ++depth) {
            if (last - first >= kNodesNamed && depth == first + kNodesNamed / 2) {
                names.append(u"…"_s);
                depth = last - kNodesNamed / 2 + 1;
            }
            names.append(nameAt(depth));
        }
        names.append(nameAt(first));
        const Wire &closing = m_graph.document().wires[wire];
        Problem problem =
            errorAt(m_graph.document().nodes[m_path.back().node], u"cycle"_s,
                    Texts::tr("These nodes lead in a circle, so a query might never end: %1.")
                        .arg(names.join(u" → "_s)));
        problem.port = closing.port;
        problem.mend = removeWireMend(
            Texts::tr("Remove the wire from %1 to %2").arg(names[names.size() - 2], names.last()),
            closing);
        m_problems.append(problem);
    }

    const PolicyGraph &m_graph;
    QList<Problem> &m_problems;
    std::vector<qsizetype> m_depth; // in the path; or kNew, kDone
    std::vector<Stop> m_path;
};

std::vector<qsizetype> nodesOfKind(const PolicyGraph &graph, QLatin1StringView kind)
{
    std::vector<qsizetype> found;
    for (qsizetype node = 0; node < graph.nodeCount(); ++node) {
        if (graph.isKind(node, kind))
            found.push_back(node);
    }
    return found;
}

void checkEntryAndEnd(const PolicyGraph &graph, const std::vector<qsizetype> &queries,
                      QList<Problem> &problems)
{
    Problem missing;
    if (queries.empty()) {
        missing.code = u"no-query"_s;
        missing.sentence = Texts::tr("The policy has no query node, so no query can enter it.");
        missing.mend = addNodeMend(Texts::tr("Add a query node"), u"query"_s, true);
        problems.append(missing);
    }
    for (size_t i = 1; i < queries.size(); ++i) {
        const Node &node = graph.document().nodes[queries[i]];
        Problem problem = errorAt(node, u"many-queries"_s,
                                  Texts::tr("%1 is a further query node; a policy has exactly one.")
                                      .arg(displayName(node)));
        if (node.id != graph.document().nodes[queries[0]].id)
            problem.mend = removeNodeMend(Texts::tr("Delete “%1”").arg(displayName(node)), node.id);
        problems.append(problem);
    }
    if (nodesOfKind(graph, "answer"_L1).empty()) {
        missing.code = u"no-answer"_s;
        missing.sentence =
            Texts::tr("The policy has no answer node, so no answer can come back from it.");
        missing.mend = addNodeMend(Texts::tr("Add an answer node"), u"answer"_s, false);
        problems.append(missing);
    }
}

void checkReach(const PolicyGraph &graph, const std::vector<qsizetype> &queries,
                QList<Problem> &problems)
{
    const auto reached = graph.reachable(queries, [](qsizetype) { return true; });
    const size_t answers = nodesOfKind(graph, "answer"_L1).size();
    for (qsizetype index = 0; index < graph.nodeCount(); ++index) {
        const Node &node = graph.document().nodes[index];
        // A second node of the same id is reported for its id; a note is no step.
        const NodeKind *kind = graph.kind(index);
        if (reached[size_t(index)] || graph.indexOf(node.id) != index ||
            (kind && kind->group == NodeGroup::Note))
            continue;
        Problem problem =
            warningAt(node, u"unreachable"_s,
                      Texts::tr("No wire leads from the query to %1, so it is never used.")
                          .arg(displayName(node)));
        // The only answer node is missing its wires; without it the policy would be no better.
        if (answers > 1 || !graph.isKind(index, "answer"_L1))
            problem.mend = removeNodeMend(Texts::tr("Delete “%1”").arg(displayName(node)), node.id);
        problems.append(problem);
    }
}

} // namespace

void checkFlow(const PolicyGraph &graph, QList<Problem> &problems)
{
    const std::vector<qsizetype> queries = nodesOfKind(graph, "query"_L1);
    checkEntryAndEnd(graph, queries, problems);
    if (!queries.empty())
        checkReach(graph, queries, problems);
    CycleSearch cycles(graph, problems);
    for (const qsizetype query : queries)
        cycles.from(query);
    for (qsizetype node = 0; node < graph.nodeCount(); ++node)
        cycles.from(node);
}

void checkAnswers(const PolicyGraph &graph, QList<Problem> &problems)
{
    const std::vector<qsizetype> queries = nodesOfKind(graph, "query"_L1);
    const auto withoutAnswer = graph.reachable(queries, [&](qsizetype wire) {
        const qsizetype from = graph.from(wire);
        const bool hit =
            graph.isKind(from, "cache"_L1) && graph.document().wires[wire].port == "hit"_L1;
        // With nothing to score a gate escalates.
        const bool accepted =
            graph.isKind(from, "gate"_L1) && graph.document().wires[wire].port == "accept"_L1;
        // What an unknown kind does is unknown, and it is reported already.
        return graph.kind(from) && !graph.isKind(from, "model"_L1) && !hit && !accepted;
    });
    for (qsizetype index = 0; index < graph.nodeCount(); ++index) {
        const Node &node = graph.document().nodes[index];
        if (!withoutAnswer[size_t(index)])
            continue;
        if (graph.isKind(index, "gate"_L1))
            problems.append(errorAt(
                node, u"gate-without-model"_s,
                Texts::tr("A query can reach %1 before any model has answered, so there is nothing "
                          "to score; put a model before it.")
                    .arg(displayName(node))));
        if (graph.isKind(index, "answer"_L1))
            problems.append(errorAt(
                node, u"answer-without-model"_s,
                Texts::tr("A query can reach %1 before any model has answered; put a model before "
                          "it.")
                    .arg(displayName(node))));
    }
}

} // namespace headgate::policy
