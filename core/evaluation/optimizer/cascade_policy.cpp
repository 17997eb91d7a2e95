#include "core/evaluation/optimizer/cascade_policy.h"

#include "core/evaluation/texts.h"

#include <algorithm>

namespace headgate::evaluation {

using namespace Qt::StringLiterals;
using policy::Node;
using policy::NodeId;
using policy::PolicyDocument;

namespace {

constexpr double kColumnWidth = 230; // canvas units from one node to the next
constexpr double kRowHeight = 150;

// Puts nodes down from left to right; every stage stands below the one before.
class Drawing
{
public:
    explicit Drawing(PolicyDocument &document)
        : m_document(document)
    {
    }

    NodeId add(const QString &id, const QString &kind, const QString &title, double column,
               double row, const Json &config = Json::object())
    {
        Node node;
        node.id = {id};
        node.kind = kind;
        node.title = title;
        node.at = {column * kColumnWidth, row * kRowHeight};
        node.config = config;
        m_document.nodes.append(node);
        return node.id;
    }
    void wire(const NodeId &from, const char *port, const NodeId &to)
    {
        m_document.wires.append({from, QString::fromLatin1(port), to});
    }

private:
    PolicyDocument &m_document;
};

QString titleOf(const Cascade &cascade, const CascadeColumns &columns)
{
    QStringList names;
    for (int stage = 0; stage < cascade.stages; ++stage)
        names.append(columns.models[size_t(cascade.model[size_t(stage)])].name);
    return names.join(u" → "_s);
}

} // namespace

PolicyDocument cascadePolicy(const CascadeColumns &columns, const Cascade &cascade,
                             const QString &baseline, const DeploymentOf &deploymentOf)
{
    PolicyDocument document;
    document.name = titleOf(cascade, columns);
    document.baseline = baseline;
    QStringList names{baseline};
    Drawing drawing(document);
    const NodeId query = drawing.add(u"query"_s, u"query"_s, Texts::tr("Prompt"), 0, 0);
    const NodeId answer = drawing.add(u"answer"_s, u"answer"_s, Texts::tr("Answer"),
                                      2 * double(cascade.stages) + 1, 0, {{"which", "last"}});
    NodeId from = query;
    const char *port = "query";
    for (int stage = 0; stage < cascade.stages; ++stage) {
        const QString name = columns.models[size_t(cascade.model[size_t(stage)])].name;
        names.append(name);
        const QString number = QString::number(stage + 1);
        const double column = 2 * double(stage) + 1;
        const NodeId model = drawing.add(u"model"_s + number, u"model"_s, name, column, stage,
                                         {{"model", toStdString(name)}});
        drawing.wire(from, port, model);
        if (stage + 1 == cascade.stages) {
            drawing.wire(model, "answer", answer);
            break;
        }
        const NodeId gate = drawing.add(
            u"gate"_s + number, u"gate"_s, Texts::tr("Sure of %1?").arg(name), column + 1, stage,
            {{"threshold", cascade.threshold[size_t(stage)]},
             {"scorers", Json::array({{{"kind", "log_probability"}, {"weight", 1}}})}});
        drawing.wire(model, "answer", gate);
        drawing.wire(gate, "accept", answer);
        from = gate;
        port = "escalate";
    }
    names.removeAll(QString());
    names.removeDuplicates();
    names.sort();
    for (const QString &name : names) {
        policy::Model model = deploymentOf(name);
        model.name = name;
        document.models.append(model);
    }
    return document;
}

} // namespace headgate::evaluation
