#include "tests/support/random_policy.h"

#include <QRandomGenerator>

namespace headgate::tests {

using namespace Qt::StringLiterals;
using namespace policy;

namespace {

// Nodes get places in the order of their making and wires lead to later places only, so that
// there is no cycle; each new node hangs on an open port, so that all can be reached.
class Generator
{
public:
    Generator(quint32 seed, const RandomPolicyShape &shape)
        : m_random(seed)
        , m_shape(shape)
    {
    }

    PolicyDocument make()
    {
        m_document.name = u"Random policy"_s;
        addModels();
        addNode(u"query"_s, Json::object(), {{.name = u"query"_s}});
        const int inner = m_random.bounded(1, m_shape.maxInnerNodes + 1);
        for (int made = 0; made < inner && !m_open.empty(); ++made)
            addInnerNode();
        closePorts();
        if (m_shape.limits)
            addLimits();
        return m_document;
    }

private:
    struct OpenPort
    {
        QString name;
        bool mayStayOpen = false;
        qsizetype from = 0;
    };

    bool chance(int percent) { return m_random.bounded(100) < percent; }

    void addModels()
    {
        const int count = m_random.bounded(1, m_shape.maxModels + 1);
        for (int number = 0; number < count; ++number) {
            Model model;
            model.name = u"model-%1"_s.arg(number);
            model.provider = u"simulated"_s;
            model.model = u"simulated/%1"_s.arg(number);
            model.price = Price{.input = Money::fromNanos(m_random.bounded(1'000'000'000)),
                                .output = Money::fromNanos(m_random.bounded(2'000'000'000)),
                                .cachedInput = {},
                                .cacheWrite = {}};
            m_document.models.append(model);
        }
        if (chance(60))
            m_document.baseline = m_document.models.last().name;
    }

    void addNode(const QString &kind, const Json &config, const QList<OpenPort> &ports)
    {
        Node node;
        const qsizetype place = m_document.nodes.size();
        node.id = {u"n%1"_s.arg(place)};
        node.kind = kind;
        node.title = chance(50) ? u"%1 %2"_s.arg(kind).arg(place) : QString();
        node.at = QPointF(m_random.bounded(2000), m_random.bounded(1000));
        node.config = config;
        m_document.nodes.append(node);
        for (OpenPort port : ports) {
            port.from = place;
            m_open.push_back(port);
        }
    }

    // Takes an open port, leads it to the node that is made next.
    void wireToNext()
    {
        const size_t chosen = m_random.bounded(quint32(m_open.size()));
        wire(m_open[chosen], m_document.nodes.size());
        m_open.erase(m_open.begin() + qsizetype(chosen));
    }

    void wire(const OpenPort &port, qsizetype to)
    {
        m_document.wires.append({{u"n%1"_s.arg(port.from)}, port.name, {u"n%1"_s.arg(to)}});
    }

    void addInnerNode()
    {
        wireToNext();
        // Now and then a second port leads to the same node.
        if (!m_open.empty() && chance(25))
            wireToNext();
        const int kind = m_random.bounded(100);
        if (kind < 45)
            addModelNode();
        else if (kind < 75)
            addGate();
        else if (kind < 88)
            addRule();
        else
            addSplit();
    }

    void addModelNode()
    {
        const qsizetype model = m_random.bounded(quint32(m_document.models.size()));
        addNode(u"model"_s,
                {{"model", m_document.models[model].name.toStdString()},
                 {"timeout_s", 30},
                 {"retries", m_random.bounded(4)}},
                {{.name = u"answer"_s}, {.name = u"error"_s, .mayStayOpen = chance(50)}});
    }

    void addGate()
    {
        addNode(u"gate"_s,
                {{"scorers", {{{"kind", "log_probability"}, {"weight", 1}}}},
                 {"threshold", m_random.bounded(101) / 100.0},
                 {"on_scorer_failure", chance(50) ? "accept" : "escalate"}},
                {{.name = u"accept"_s}, {.name = u"escalate"_s}});
    }

    void addRule()
    {
        Json cases = Json::array();
        QList<OpenPort> ports;
        for (int number = m_random.bounded(1, 4); number > 0; --number) {
            const QString name = u"case %1"_s.arg(number);
            if (chance(50))
                cases.push_back({{"name", name.toStdString()}, {"min_length", 100 * number}});
            else
                cases.push_back({{"name", name.toStdString()}, {"any_keyword", {"sum", "river"}}});
            ports.append({.name = name});
        }
        ports.append({.name = u"otherwise"_s});
        addNode(u"rule"_s, {{"cases", cases}}, ports);
    }

    void addSplit()
    {
        Json branches = Json::array();
        QList<OpenPort> ports;
        for (int number = m_random.bounded(1, 4); number > 0; --number) {
            const QString name = u"branch %1"_s.arg(number);
            branches.push_back({{"name", name.toStdString()}, {"weight", m_random.bounded(1, 10)}});
            ports.append({.name = name});
        }
        addNode(u"split"_s, {{"branches", branches}, {"seed", m_random.bounded(1000)}}, ports);
    }

    // Leads what is still open to a later node or to an answer, or leaves an error port open.
    void closePorts()
    {
        const qsizetype inner = m_document.nodes.size();
        std::vector<OpenPort> toAnswers;
        for (const OpenPort &port : m_open) {
            if (port.mayStayOpen)
                continue;
            if (port.from + 1 < inner && chance(35))
                wire(port, m_random.bounded(int(port.from + 1), int(inner)));
            else
                toAnswers.push_back(port);
        }
        m_open.clear();
        const qsizetype answers =
            std::min<qsizetype>(m_random.bounded(1, 4), qsizetype(toAnswers.size()));
        for (qsizetype number = 0; number < answers; ++number)
            addNode(u"answer"_s, {{"which", chance(50) ? "best_scored" : "last"}}, {});
        // The first ones in turn, so that no answer is left without a wire.
        for (size_t port = 0; port < toAnswers.size(); ++port) {
            const qsizetype answer =
                qsizetype(port) < answers ? qsizetype(port) : m_random.bounded(quint32(answers));
            wire(toAnswers[port], inner + answer);
        }
    }

    void addLimits()
    {
        if (chance(40))
            m_document.limits.maxCost = Money::fromNanos(m_random.bounded(1, 4'000'000));
        if (chance(40))
            m_document.limits.maxLatency =
                std::chrono::microseconds(m_random.bounded(1, 4'000'000));
        if (chance(40))
            m_document.limits.onLimit = Limits::OnLimit::Fail;
    }

    QRandomGenerator m_random;
    RandomPolicyShape m_shape;
    PolicyDocument m_document;
    std::vector<OpenPort> m_open;
};

} // namespace

PolicyDocument randomPolicy(quint32 seed, const RandomPolicyShape &shape)
{
    return Generator(seed, shape).make();
}

} // namespace headgate::tests
