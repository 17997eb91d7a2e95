#include "core/evaluation/optimizer/cascade_policy.h"

#include "core/evaluation/texts.h"
#include "core/policy/node_kind.h"

#include <algorithm>

namespace headgate::evaluation {

using namespace Qt::StringLiterals;
using policy::Node;
using policy::NodeId;
using policy::PolicyDocument;

namespace {

constexpr double kColumnWidth = 230; // canvas units from one node to the next
constexpr double kRowHeight = 150;
constexpr int kTimeoutSeconds = 30; // of a call; a cascade waits for each of its models

// Puts nodes down from left to right; every stage stands below the one before.
class Drawing
{
public:
    explicit Drawing(PolicyDocument &document)
        : m_document(document)
    {
    }

    NodeId add(Node node, double column, double row)
    {
        node.at = {column * kColumnWidth, row * kRowHeight};
        m_document.nodes.append(node);
        return node.id;
    }
    NodeId add(const QString &id, const QString &kind, const QString &title, double column,
               double row, const Json &config = Json::object())
    {
        Node node;
        node.id = {id};
        node.kind = kind;
        node.title = title;
        node.config = config;
        return add(node, column, row);
    }
    void wire(const NodeId &from, const QString &port, const NodeId &to)
    {
        m_document.wires.append({from, port, to});
    }

    // Where a cascade begins, and what tells its nodes from those of others.
    struct Start
    {
        NodeId from;
        QString port;
        double column = 1;
        double row = 0;
        QString idPrefix{};
        QString titleSuffix{};
    };
    void addCascade(const CascadeColumns &columns, const Cascade &cascade, Start start,
                    const NodeId &answer)
    {
        for (int stage = 0; stage < cascade.stages; ++stage) {
            const QString name = columns.models[size_t(cascade.model[size_t(stage)])].name;
            m_names.append(name);
            const QString number = QString::number(stage + 1);
            const double column = start.column + 2 * double(stage);
            const double row = start.row + double(stage);
            const NodeId model =
                add(start.idPrefix + u"model"_s + number, u"model"_s, name + start.titleSuffix,
                    column, row, {{"model", toStdString(name)}, {"timeout_s", kTimeoutSeconds}});
            wire(start.from, start.port, model);
            if (stage + 1 == cascade.stages) {
                wire(model, u"answer"_s, answer);
                return;
            }
            const NodeId gate =
                add(start.idPrefix + u"gate"_s + number, u"gate"_s,
                    Texts::tr("Sure of %1?").arg(name) + start.titleSuffix, column + 1, row,
                    {{"threshold", cascade.threshold[size_t(stage)]},
                     {"scorers", Json::array({{{"kind", "log_probability"}, {"weight", 1}}})}});
            wire(model, u"answer"_s, gate);
            wire(gate, u"accept"_s, answer);
            start.from = gate;
            start.port = u"escalate"_s;
        }
    }
    void addModels(const QString &baseline, const DeploymentOf &deploymentOf)
    {
        QStringList names = m_names + QStringList{baseline};
        names.removeAll(QString());
        names.removeDuplicates();
        names.sort();
        for (const QString &name : names) {
            policy::Model model = deploymentOf(name);
            model.name = name;
            m_document.models.append(model);
        }
    }

private:
    PolicyDocument &m_document;
    QStringList m_names;
};

QString titleOf(const Cascade &cascade, const CascadeColumns &columns)
{
    QStringList names;
    for (int stage = 0; stage < cascade.stages; ++stage)
        names.append(columns.models[size_t(cascade.model[size_t(stage)])].name);
    return names.join(u" → "_s);
}

// Walks a drawing from its query as a cascade is drawn.
class CascadeReader
{
public:
    CascadeReader(const PolicyDocument &document, const CascadeColumns &columns)
        : m_document(document)
        , m_columns(columns)
    {
    }

    std::optional<Cascade> read()
    {
        const auto query = std::find_if(m_document.nodes.begin(), m_document.nodes.end(),
                                        [](const Node &node) { return node.kind == "query"_L1; });
        if (query == m_document.nodes.end())
            return std::nullopt;
        const Node *at = follow(*query, u"query"_s);
        while (at && readModel(*at)) {
            const Node *next = follow(*at, u"answer"_s);
            if (next && next->kind == "answer"_L1)
                return m_cascade;
            if (!next || m_cascade.stages == kMostStages || !readGate(*next))
                return std::nullopt;
            at = follow(*next, u"escalate"_s);
        }
        return std::nullopt;
    }
    // The gates of what was read, in order.
    const QList<NodeId> &gates() const { return m_gates; }

private:
    const Node *follow(const Node &from, const QString &port) const
    {
        const auto to = m_document.target(from.id, port);
        return to ? m_document.node(*to) : nullptr;
    }

    bool readModel(const Node &node)
    {
        const policy::Model *model = m_document.model(jsonString(node.config, "model"));
        if (node.kind != "model"_L1 || node.mode != policy::NodeMode::Active || !model)
            return false;
        const auto column = std::find_if(
            m_columns.models.begin(), m_columns.models.end(), [&](const CascadeColumn &each) {
                return each.name == model->name || each.name == model->model;
            });
        if (column == m_columns.models.end())
            return false;
        const qint32 place = qint32(std::distance(m_columns.models.begin(), column));
        if (std::find(m_cascade.model.begin(), m_cascade.model.end(), place) !=
            m_cascade.model.end())
            return false;
        m_cascade.model[size_t(m_cascade.stages++)] = place;
        return true;
    }

    bool readGate(const Node &node)
    {
        const auto scorers = node.config.find("scorers");
        const bool byConfidence = scorers != node.config.end() && scorers->size() == 1 &&
                                  jsonString(scorers->front(), "kind") == "log_probability"_L1;
        const CascadeColumn &model =
            m_columns.models[size_t(m_cascade.model[size_t(m_cascade.stages) - 1])];
        const Node *accepted = follow(node, u"accept"_s);
        if (node.kind != "gate"_L1 || node.mode != policy::NodeMode::Active || !byConfidence ||
            model.score.empty() || !accepted || accepted->kind != "answer"_L1)
            return false;
        m_cascade.threshold[size_t(m_cascade.stages) - 1] = jsonNumber(node.config, "threshold", 0);
        m_gates.append(node.id);
        return true;
    }

    const PolicyDocument &m_document;
    const CascadeColumns &m_columns;
    Cascade m_cascade;
    QList<NodeId> m_gates;
};

} // namespace

std::optional<Cascade> cascadeIn(const PolicyDocument &document, const CascadeColumns &columns)
{
    return CascadeReader(document, columns).read();
}

PolicyDocument withThresholds(PolicyDocument document, const CascadeColumns &columns,
                              const Cascade &cascade)
{
    CascadeReader reader(document, columns);
    const auto drawn = reader.read();
    Q_ASSERT(drawn && drawn->model == cascade.model);
    for (qsizetype gate = 0; gate < reader.gates().size(); ++gate) {
        for (Node &node : document.nodes) {
            if (node.id == reader.gates()[gate])
                node.config["threshold"] = cascade.threshold[size_t(gate)];
        }
    }
    return document;
}

PolicyDocument cascadePolicy(const CascadeColumns &columns, const Cascade &cascade,
                             const QString &baseline, const DeploymentOf &deploymentOf)
{
    PolicyDocument document;
    document.name = titleOf(cascade, columns);
    document.baseline = baseline;
    Drawing drawing(document);
    const NodeId query = drawing.add(u"query"_s, u"query"_s, Texts::tr("Prompt"), 0, 0);
    const NodeId answer = drawing.add(u"answer"_s, u"answer"_s, Texts::tr("Answer"),
                                      2 * double(cascade.stages) + 1, 0, {{"which", "last"}});
    drawing.addCascade(columns, cascade, {.from = query, .port = u"query"_s}, answer);
    drawing.addModels(baseline, deploymentOf);
    return document;
}

PolicyDocument branchedPolicy(const FirstRouter &router, const BranchedColumns &columns,
                              const BranchedCascade &cascade, const QString &baseline,
                              const DeploymentOf &deploymentOf)
{
    PolicyDocument document;
    document.name = Texts::tr("%1, a cascade a branch").arg(policy::displayName(router.router));
    document.baseline = baseline;
    int stages = 1;
    for (const Cascade &each : cascade.branches)
        stages = std::max(stages, each.stages);
    Drawing drawing(document);
    const NodeId query = drawing.add(router.query, 0, 0);
    const NodeId first = drawing.add(router.router, 1, 0);
    const NodeId answer = drawing.add(u"routed-answer"_s, u"answer"_s, Texts::tr("Answer"),
                                      2 * double(stages) + 2, 0, {{"which", "last"}});
    drawing.wire(query, u"query"_s, first);
    double row = 0;
    for (size_t branch = 0; branch < cascade.branches.size(); ++branch) {
        const QString port = columns.ports[qsizetype(branch)];
        drawing.addCascade(columns.branches[branch], cascade.branches[branch],
                           {.from = first,
                            .port = port,
                            .column = 2,
                            .row = row,
                            .idPrefix = u"branch%1-"_s.arg(branch + 1),
                            .titleSuffix = u" (%1)"_s.arg(port)},
                           answer);
        row += cascade.branches[branch].stages;
    }
    drawing.addModels(baseline, deploymentOf);
    return document;
}

} // namespace headgate::evaluation
