#include "tests/support/random_policy.h"

#include <QRandomGenerator>

namespace headgate::tests {

using namespace Qt::StringLiterals;
using namespace policy;

namespace {

// Nodes get places in the order of their making and wires lead to later places only, so that
// there is no cycle; each new node hangs on an open port, so that all can be reached. What scores
// or returns an answer only follows ports that have a model before them on every way.
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
        addNode(u"query"_s, Json::object(), {{.name = u"query"_s}}, false);
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
        bool afterModel = false;
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

    // `afterModel`: whether every way into its ports leads through a model.
    void addNode(const QString &kind, const Json &config, const QList<OpenPort> &ports,
                 bool afterModel)
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
            port.afterModel = afterModel;
            m_open.push_back(port);
        }
    }

    // Takes any open port and leads it to the node that is made next.
    bool wireToNext()
    {
        const size_t chosen = m_random.bounded(quint32(m_open.size()));
        const OpenPort port = m_open[chosen];
        wire(port, m_document.nodes.size());
        m_open.erase(m_open.begin() + qsizetype(chosen));
        return port.afterModel;
    }

    void wire(const OpenPort &port, qsizetype to)
    {
        m_document.wires.append({{u"n%1"_s.arg(port.from)}, port.name, {u"n%1"_s.arg(to)}});
    }

    void addInnerNode()
    {
        bool afterModel = wireToNext();
        // Now and then a second port leads to the same node.
        if (!m_open.empty() && chance(25))
            afterModel = wireToNext() && afterModel;
        const int kind = m_random.bounded(100);
        if (kind < 30 && afterModel)
            addGate();
        else if (kind < 75)
            addModelNode();
        else if (kind < 88 && !m_shape.classifier.isEmpty())
            addLearned(afterModel);
        else if (kind < 88)
            addRule(afterModel);
        else
            addSplit(afterModel);
    }

    void addModelNode()
    {
        const qsizetype model = m_random.bounded(quint32(m_document.models.size()));
        addNode(u"model"_s,
                {{"model", m_document.models[model].name.toStdString()},
                 {"timeout_s", 30},
                 {"retries", m_random.bounded(4)}},
                {{.name = u"answer"_s}, {.name = u"error"_s, .mayStayOpen = chance(50)}}, true);
    }

    void addGate()
    {
        addNode(u"gate"_s,
                {{"scorers", {{{"kind", "log_probability"}, {"weight", 1}}}},
                 {"threshold", m_random.bounded(101) / 100.0},
                 {"on_scorer_failure", chance(50) ? "accept" : "escalate"}},
                {{.name = u"accept"_s}, {.name = u"escalate"_s}}, true);
    }

    void addRule(bool afterModel)
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
        addNode(u"rule"_s, {{"cases", cases}}, ports, afterModel);
    }

    void addLearned(bool afterModel)
    {
        const int kind = m_random.bounded(3);
        if (kind == 0)
            addNode(u"classifier"_s,
                    {{"artifact", m_shape.classifier.toStdString()},
                     {"labels", {"easy", "hard"}},
                     {"floor", m_random.bounded(10) / 10.0}},
                    {{.name = u"easy"_s}, {.name = u"hard"_s}, {.name = u"unsure"_s}}, afterModel);
        else if (kind == 1)
            addNode(u"nearest"_s,
                    {{"references",
                      {{{"prompt", "refund p0"}, {"label", "money"}},
                       {{"prompt", "refund p20" + std::string(20, 'x')}, {"label", "long"}}}},
                     {"minimum_similarity", m_random.bounded(5) / 10.0}},
                    {{.name = u"money"_s}, {.name = u"long"_s}, {.name = u"unsure"_s}},
                    afterModel);
        else
            addPredictor(afterModel);
    }

    void addPredictor(bool afterModel)
    {
        Json config{{"models", Json::array()}, {"measured", Json::array()}};
        QList<OpenPort> ports;
        for (const Model &model : std::as_const(m_document.models)) {
            config["models"].push_back(model.name.toStdString());
            config["measured"].push_back({{"model", model.name.toStdString()},
                                          {"quality", m_random.bounded(101) / 100.0}});
            ports.append({.name = model.name});
        }
        ports.append({.name = u"none"_s});
        if (chance(50))
            config["willingness_usd"] = m_random.bounded(1, 100) / 10'000.0;
        if (chance(50))
            config["max_cost_usd"] = m_random.bounded(1, 20) / 10'000.0;
        if (chance(50))
            config["max_latency_s"] = m_random.bounded(1, 4) / 10.0;
        addNode(u"predictor"_s, config, ports, afterModel);
    }

    void addSplit(bool afterModel)
    {
        Json branches = Json::array();
        QList<OpenPort> ports;
        for (int number = m_random.bounded(1, 4); number > 0; --number) {
            const QString name = u"branch %1"_s.arg(number);
            branches.push_back({{"name", name.toStdString()}, {"weight", m_random.bounded(1, 10)}});
            ports.append({.name = name});
        }
        addNode(u"split"_s, {{"branches", branches}, {"seed", m_random.bounded(1000)}}, ports,
                afterModel);
    }

    // Leads what has no model before it to one model, and the rest to a later node or an answer,
    // or leaves an error port open.
    void closePorts()
    {
        const auto unanswered = std::stable_partition(
            m_open.begin(), m_open.end(), [](const OpenPort &port) { return port.afterModel; });
        const std::vector<OpenPort> toModel(unanswered, m_open.end());
        m_open.erase(unanswered, m_open.end());
        for (const OpenPort &port : toModel)
            wire(port, m_document.nodes.size());
        if (!toModel.empty())
            addModelNode();
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
            addNode(u"answer"_s, {{"which", chance(50) ? "best_scored" : "last"}}, {}, true);
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
