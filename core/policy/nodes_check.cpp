#include "core/policy/field_check.h"
#include "core/policy/node_kinds/config_value.h"
#include "core/policy/policy_checks.h"
#include "core/policy/problem_parts.h"
#include "core/policy/texts.h"

#include <QSet>

namespace headgate::policy {

namespace {

using namespace Qt::StringLiterals;

QString freeTitle(const PolicyDocument &document, const QString &title)
{
    QSet<QString> taken;
    for (const Node &node : document.nodes)
        taken.insert(node.title);
    for (int number = 2;; ++number) {
        const QString candidate = title + u' ' + QString::number(number);
        if (!taken.contains(candidate))
            return candidate;
    }
}

NodeId freeNodeId(const PolicyDocument &document)
{
    QSet<NodeId> taken;
    for (const Node &node : document.nodes)
        taken.insert(node.id);
    for (const Wire &wire : document.wires) // a wire must not come to lead to the new node
        taken << wire.from << wire.to;
    for (int number = 1;; ++number) {
        const NodeId candidate{u'n' + QString::number(number)};
        if (!taken.contains(candidate))
            return candidate;
    }
}

// Mends the node at a place, because its id does not tell it from others.
template<typename Change>
Mend changeAt(const QString &label, qsizetype index, Change change)
{
    return {label, [index, change](const PolicyDocument &document) {
                PolicyDocument mended = document;
                if (index < mended.nodes.size())
                    change(mended, mended.nodes[index]);
                return mended;
            }};
}

// Checks one node after another; remembers what must not occur twice.
class NodesCheck
{
public:
    NodesCheck(const PolicyGraph &graph, QList<Problem> &problems)
        : m_graph(graph)
        , m_document(graph.document())
        , m_problems(problems)
    {
        for (qsizetype model = 0; model < m_document.models.size(); ++model) {
            m_modelNames.insert(m_document.models[model].name);
            m_foldedNames.insert(m_document.models[model].name.toCaseFolded(), model);
        }
        m_titles.reserve(m_document.nodes.size());
    }

    void run()
    {
        for (qsizetype index = 0; index < m_graph.nodeCount(); ++index) {
            const Node &node = m_document.nodes[index];
            checkId(node, index);
            checkTitle(node, index);
            const NodeKind *kind = m_graph.kind(index);
            if (!kind) {
                m_problems.append(errorAt(
                    node, u"unknown-kind"_s,
                    Texts::tr("%1 is of the kind “%2”, which this version does not know; it is "
                              "kept, but the policy cannot run with it.")
                        .arg(displayName(node), node.kind)));
                continue;
            }
            checkRuntime(node, *kind);
            checkConfig(node, *kind);
        }
    }

private:
    void checkId(const Node &node, qsizetype index)
    {
        if (!node.id.isEmpty() && m_graph.indexOf(node.id) == index)
            return;
        Problem problem =
            node.id.isEmpty()
                ? errorAt(node, u"no-id"_s,
                          Texts::tr("Node number %1 has no id, so no wire can lead to it.")
                              .arg(index + 1))
                : errorAt(
                      node, u"duplicate-id"_s,
                      Texts::tr("Node number %1 has the id “%2”, which another node has already.")
                          .arg(QString::number(index + 1), node.id.value));
        problem.mend = changeAt(Texts::tr("Give it a new id"), index,
                                [](const PolicyDocument &document, Node &changed) {
                                    changed.id = freeNodeId(document);
                                });
        m_problems.append(problem);
    }

    void checkTitle(const Node &node, qsizetype index)
    {
        if (node.title.isEmpty())
            return;
        if (!m_titles.contains(node.title)) {
            m_titles.insert(node.title);
            return;
        }
        Problem problem =
            warningAt(node, u"duplicate-title"_s,
                      Texts::tr("Two nodes are called “%1”; traces could not tell them apart.")
                          .arg(node.title));
        problem.mend =
            changeAt(Texts::tr("Rename"), index, [](const PolicyDocument &document, Node &changed) {
                changed.title = freeTitle(document, changed.title);
            });
        m_problems.append(problem);
    }

    void checkRuntime(const Node &node, const NodeKind &kind)
    {
        if (kind.runtime == Runtime::NotInThisBuild)
            m_problems.append(errorAt(
                node, u"not-in-this-build"_s,
                Texts::tr("%1 is not available in this build; the policy cannot run with it.")
                    .arg(displayName(node))));
    }

    void checkConfig(const Node &node, const NodeKind &kind)
    {
        if (!node.config.is_object()) {
            Problem problem =
                errorAt(node, u"field-type"_s,
                        Texts::tr("The settings of %1 must be an object; they are %2.")
                            .arg(displayName(node), shownValue(node.config)));
            problem.mend =
                Mend{Texts::tr("Use the defaults"),
                     [id = node.id, fresh = defaultConfig(kind)](const PolicyDocument &document) {
                         PolicyDocument mended = document;
                         for (Node &changed : mended.nodes) {
                             if (changed.id == id)
                                 changed.config = fresh;
                         }
                         return mended;
                     }};
            m_problems.append(problem);
            return;
        }
        static const Json none;
        for (const Field &field : kind.fields) {
            const Json &value = memberOr(node.config, field.key.toLatin1().constData(), none);
            if (!value.is_null())
                checkField(node, field, value);
            else if (field.required)
                reportMissing(node, field);
        }
        if (kind.validate)
            kind.validate(node, m_document, m_problems);
    }

    void reportMissing(const Node &node, const Field &field)
    {
        Problem problem =
            fieldErrorAt(node, field.key, u"field-missing"_s,
                         Texts::tr("“%1” of %2 is not set.").arg(field.label, displayName(node)));
        if (field.type == FieldType::Model && m_document.models.size() == 1) {
            const QString &only = m_document.models[0].name;
            problem.mend = setConfigMend(Texts::tr("Use “%1”").arg(only), node.id, field.key,
                                         toStdString(only));
        } else if (!field.defaultValue.is_null()) {
            problem.mend =
                setConfigMend(Texts::tr("Set the default"), node.id, field.key, field.defaultValue);
        }
        m_problems.append(problem);
    }

    void checkField(const Node &node, const Field &field, const Json &value)
    {
        if (const auto fault = faultOf(field, value, displayName(node))) {
            Problem problem = fieldErrorAt(node, field.key, fault->code, fault->sentence);
            if (!field.defaultValue.is_null())
                problem.mend =
                    setConfigMend(field.defaultValue.is_structured()
                                      ? Texts::tr("Set the default")
                                      : Texts::tr("Set %1").arg(shownValue(field.defaultValue)),
                                  node.id, field.key, field.defaultValue);
            else if (!field.required)
                problem.mend = setConfigMend(Texts::tr("Remove"), node.id, field.key, {});
            m_problems.append(problem);
            return;
        }
        if (field.type == FieldType::Model)
            checkModelName(node, field, toQString(value.get_ref<const std::string &>()));
        if (field.type == FieldType::Models) {
            for (const QString &name : stringsOf(value))
                checkModelName(node, field, name);
        }
    }

    void checkModelName(const Node &node, const Field &field, const QString &name)
    {
        if (m_modelNames.contains(name))
            return;
        Problem problem = fieldErrorAt(
            node, field.key, u"model-not-defined"_s,
            name.isEmpty() ? Texts::tr("%1 does not say which model it calls; choose one.")
                                 .arg(displayName(node))
                           : Texts::tr("%1 calls the model “%2”, which the policy does not define.")
                                 .arg(displayName(node), name));
        if (const Model *near = likeliest(name); near && field.type == FieldType::Model)
            problem.mend = setConfigMend(Texts::tr("Use “%1”").arg(near->name), node.id, field.key,
                                         toStdString(near->name));
        m_problems.append(problem);
    }

    // The model whose name differs in case only, else the first one.
    const Model *likeliest(const QString &name) const
    {
        if (m_document.models.isEmpty())
            return nullptr;
        return &m_document.models[m_foldedNames.value(name.toCaseFolded(), 0)];
    }

    const PolicyGraph &m_graph;
    const PolicyDocument &m_document;
    QList<Problem> &m_problems;
    QSet<QString> m_modelNames;
    QHash<QString, qsizetype> m_foldedNames; // → number of the model
    QSet<QString> m_titles;
};

} // namespace

void checkNodes(const PolicyGraph &graph, QList<Problem> &problems)
{
    NodesCheck(graph, problems).run();
}

} // namespace headgate::policy
