#include "core/policy/policy_checks.h"
#include "core/policy/problem_parts.h"
#include "core/policy/texts.h"

#include <QLineF>

namespace headgate::policy {

namespace {

using namespace Qt::StringLiterals;

// Wires the port to the answer node that lies nearest on the canvas.
Mend wireToAnswerMend(const NodeId &id, const QString &port)
{
    return {Texts::tr("Wire to the nearest answer"), [id, port](const PolicyDocument &document) {
                PolicyDocument mended = document;
                const Node *from = document.node(id);
                const Node *nearest = nullptr;
                for (const Node &node : document.nodes) {
                    if (!from || node.kind != "answer"_L1)
                        continue;
                    if (!nearest ||
                        QLineF(from->at, node.at).length() < QLineF(from->at, nearest->at).length())
                        nearest = &node;
                }
                if (nearest)
                    mended.wires.append({id, port, nearest->id});
                return mended;
            }};
}

// Leaves the first wire of the port alone.
Mend removeFurtherWiresMend(const Wire &first)
{
    return {Texts::tr("Keep the first"), [first](const PolicyDocument &document) {
                PolicyDocument mended = document;
                bool kept = false;
                mended.wires.removeIf([&](const Wire &wire) {
                    const bool samePort = wire.from == first.from && wire.port == first.port;
                    return samePort && std::exchange(kept, true);
                });
                return mended;
            }};
}

class WiresCheck
{
public:
    WiresCheck(const PolicyGraph &graph, QList<Problem> &problems)
        : m_graph(graph)
        , m_document(graph.document())
        , m_problems(problems)
    {
        m_hasAnswer = std::any_of(m_document.nodes.begin(), m_document.nodes.end(),
                                  [](const Node &node) { return node.kind == "answer"_L1; });
    }

    void run()
    {
        for (qsizetype wire = 0; wire < m_document.wires.size(); ++wire)
            checkEnds(wire);
        for (qsizetype node = 0; node < m_graph.nodeCount(); ++node) {
            // A second node of the same id shares the first one's wires.
            if (m_graph.indexOf(m_document.nodes[node].id) == node)
                checkPorts(node);
        }
    }

private:
    void report(const Node &node, const Wire &wire, const QString &code, const QString &sentence)
    {
        Problem problem = errorAt(node, code, sentence);
        problem.port = wire.port;
        problem.mend = removeWireMend(Texts::tr("Remove the wire"), wire);
        m_problems.append(problem);
    }

    void checkEnds(qsizetype number)
    {
        const Wire &wire = m_document.wires[number];
        const qsizetype from = m_graph.from(number);
        const qsizetype to = m_graph.to(number);
        if (from < 0) {
            report(to < 0 ? Node() : m_document.nodes[to], wire, u"dangling-wire"_s,
                   Texts::tr("A wire leaves “%1”, which is no node of the policy.")
                       .arg(wire.from.value));
        } else if (to < 0) {
            report(m_document.nodes[from], wire, u"dangling-wire"_s,
                   Texts::tr("The wire from “%1” of %2 leads to “%3”, which is no node of the "
                             "policy.")
                       .arg(wire.port, displayName(m_document.nodes[from]), wire.to.value));
        } else if (m_graph.kind(to) && !m_graph.kind(to)->hasInput) {
            const bool note = m_graph.kind(to)->group == NodeGroup::Note;
            report(m_document.nodes[from], wire, note ? u"wire-into-note"_s : u"wire-into-query"_s,
                   (note ? Texts::tr("The wire from “%1” of %2 leads into %3, which is a note.")
                         : Texts::tr("The wire from “%1” of %2 leads into %3, where queries only "
                                     "start."))
                       .arg(wire.port, displayName(m_document.nodes[from]),
                            displayName(m_document.nodes[to])));
        }
    }

    void checkPorts(qsizetype index)
    {
        const NodeKind *kind = m_graph.kind(index);
        const Node &node = m_document.nodes[index];
        const QList<Port> &ports = m_graph.ports(index);
        m_wiresOf.clear();
        for (const Port &port : ports)
            m_wiresOf.insert(port.name, 0);
        for (const qsizetype number : m_graph.wiresFrom(index)) {
            const Wire &wire = m_document.wires[number];
            const auto count = m_wiresOf.find(wire.port);
            if (count == m_wiresOf.end() && kind)
                report(node, wire, u"unknown-port"_s,
                       Texts::tr("A wire leaves “%1” of %2, which has no such port.")
                           .arg(wire.port, displayName(node)));
            else if (count == m_wiresOf.end())
                m_wiresOf.insert(wire.port, 1);
            else if (++count.value() == 2)
                reportDoubleWire(node, wire);
        }
        for (const Port &port : ports) {
            if (port.required && m_wiresOf.value(port.name) == 0)
                reportUnwired(node, port);
        }
    }

    void reportDoubleWire(const Node &node, const Wire &wire)
    {
        Problem problem = errorAt(
            node, u"port-wired-twice"_s,
            Texts::tr("More than one wire leaves “%1” of %2; a query could not tell which to take.")
                .arg(wire.port, displayName(node)));
        problem.port = wire.port;
        problem.mend = removeFurtherWiresMend(wire);
        m_problems.append(problem);
    }

    void reportUnwired(const Node &node, const Port &port)
    {
        Problem problem = errorAt(
            node, u"port-not-wired"_s,
            Texts::tr("“%1” of %2 leads nowhere; a query that takes it would get no answer.")
                .arg(port.label, displayName(node)));
        problem.port = port.name;
        if (m_hasAnswer)
            problem.mend = wireToAnswerMend(node.id, port.name);
        m_problems.append(problem);
    }

    const PolicyGraph &m_graph;
    const PolicyDocument &m_document;
    QList<Problem> &m_problems;
    QHash<QString, int> m_wiresOf; // port → its wires
    bool m_hasAnswer = false;
};

} // namespace

void checkWires(const PolicyGraph &graph, QList<Problem> &problems)
{
    WiresCheck(graph, problems).run();
}

} // namespace headgate::policy
