#include "core/policy/policy_difference.h"

#include "core/policy/node_kind.h"
#include "core/policy/texts.h"

using namespace Qt::StringLiterals;

namespace headgate::policy {

namespace {

constexpr qsizetype kLongestValue = 60;

using Part = Difference::Part;

// A value as a sentence shows it: a text as it is, everything else as JSON; long ones are cut.
QString shown(const Json &value)
{
    if (value.is_null())
        return Texts::tr("default");
    QString text =
        value.is_string() ? toQString(value.get<std::string>()) : toQString(compactText(value));
    text = text.simplified();
    return text.size() > kLongestValue ? text.left(kLongestValue - 1) + u'…' : text;
}

QString labelOf(const Node &node, const QString &key)
{
    if (const NodeKind *kind = nodeKind(node.kind)) {
        for (const Field &field : kind->fields) {
            if (field.key == key)
                return field.label;
        }
    }
    return key;
}

QString kindLabel(const QString &id)
{
    const NodeKind *kind = nodeKind(id);
    return kind ? kind->label : id;
}

QString modeSentence(NodeMode mode)
{
    switch (mode) {
    case NodeMode::Active:
        return Texts::tr("“%1” takes part again.");
    case NodeMode::Muted:
        return Texts::tr("“%1” was muted.");
    case NodeMode::Bypassed:
        return Texts::tr("“%1” was bypassed.");
    }
    Q_UNREACHABLE();
}

class Comparison
{
public:
    Comparison(const PolicyDocument &before, const PolicyDocument &after)
        : m_before(before)
        , m_after(after)
    {
    }

    QList<Difference> run()
    {
        compareNodes();
        compareWires();
        compareModels();
        compareSettings();
        return std::move(m_found);
    }

private:
    void tell(Part part, const QString &text) { m_found.append({part, text}); }

    void compareNodes()
    {
        QHash<NodeId, const Node *> former;
        for (const Node &node : m_before.nodes)
            former.insert(node.id, &node);
        for (const Node &node : m_after.nodes) {
            if (const Node *was = former.take(node.id))
                compareNode(*was, node);
            else
                tell(
                    Part::Node,
                    Texts::tr("“%1” (%2) was added.").arg(displayName(node), kindLabel(node.kind)));
        }
        for (const Node &node : m_before.nodes) {
            if (former.contains(node.id))
                tell(Part::Node, Texts::tr("“%1” (%2) was removed.")
                                     .arg(displayName(node), kindLabel(node.kind)));
        }
    }

    void compareNode(const Node &was, const Node &is)
    {
        const QString name = displayName(is);
        const qsizetype before = m_found.size();
        if (was.title != is.title)
            tell(Part::Node, Texts::tr("“%1” was renamed to “%2”.").arg(displayName(was), name));
        if (was.kind != is.kind)
            tell(Part::Node, Texts::tr("“%1”: kind %2 → %3.")
                                 .arg(name, kindLabel(was.kind), kindLabel(is.kind)));
        compareConfig(name, was, is);
        if (was.mode != is.mode)
            tell(Part::Node, modeSentence(is.mode).arg(name));
        if (was.at != is.at)
            tell(Part::Node, Texts::tr("“%1” was moved.").arg(name));
        if (was != is && m_found.size() == before)
            tell(Part::Node, Texts::tr("“%1” has other settings.").arg(name));
    }

    void compareConfig(const QString &name, const Node &was, const Node &is)
    {
        if (was.config == is.config)
            return;
        if (!was.config.is_object() || !is.config.is_object()) {
            tell(Part::Node, Texts::tr("“%1” has other settings.").arg(name));
            return;
        }
        Json keys = was.config;
        keys.update(is.config);
        for (const auto &item : keys.items()) {
            const Json from = was.config.value(item.key(), Json());
            const Json to = is.config.value(item.key(), Json());
            if (from != to)
                tell(Part::Node,
                     Texts::tr("“%1”: %2 %3 → %4.", "node, field, before, after")
                         .arg(name, labelOf(is, toQString(item.key())), shown(from), shown(to)));
        }
    }

    void compareWires()
    {
        using Port = std::pair<NodeId, QString>;
        QHash<Port, NodeId> former;
        for (const Wire &wire : m_before.wires)
            former.insert({wire.from, wire.port}, wire.to);
        for (const Wire &wire : m_after.wires) {
            const NodeId was = former.take({wire.from, wire.port});
            const QString from = displayName(m_after, wire.from);
            const QString to = displayName(m_after, wire.to);
            if (was.isEmpty())
                tell(Part::Wire, Texts::tr("“%1” now leads to “%2” (%3).", "node, node, port")
                                     .arg(from, to, wire.port));
            else if (was != wire.to)
                tell(Part::Wire,
                     Texts::tr("“%1” leads to “%2” instead of “%3” (%4).", "nodes, then the port")
                         .arg(from, to, displayName(m_before, was), wire.port));
        }
        for (const Wire &wire : m_before.wires) {
            if (former.contains({wire.from, wire.port}))
                tell(Part::Wire, Texts::tr("“%1” no longer leads to “%2” (%3).", "node, node, port")
                                     .arg(displayName(m_before, wire.from),
                                          displayName(m_before, wire.to), wire.port));
        }
    }

    void compareModels()
    {
        for (const Model &model : m_after.models) {
            const Model *was = m_before.model(model.name);
            if (!was)
                tell(Part::Model, Texts::tr("The model “%1” was added.").arg(model.name));
            else if (*was != model)
                compareModel(*was, model);
        }
        for (const Model &model : m_before.models) {
            if (!m_after.model(model.name))
                tell(Part::Model, Texts::tr("The model “%1” was removed.").arg(model.name));
        }
    }

    void compareModel(const Model &was, const Model &is)
    {
        const qsizetype before = m_found.size();
        const auto value = [&](const QString &what, const QString &from, const QString &to) {
            if (from != to)
                tell(Part::Model, Texts::tr("Model “%1”: %2 %3 → %4.", "name, field, before, after")
                                      .arg(is.name, what, from, to));
        };
        value(Texts::tr("provider"), was.provider, is.provider);
        value(Texts::tr("provider's model"), was.model, is.model);
        value(Texts::tr("parameters"), shown(was.parameters), shown(is.parameters));
        if (was.price != is.price)
            tell(Part::Model, Texts::tr("The model “%1” has another price.").arg(is.name));
        if (m_found.size() == before)
            tell(Part::Model, Texts::tr("The model “%1” has other settings.").arg(is.name));
    }

    void compareSettings()
    {
        const auto value = [this](const QString &what, const QString &from, const QString &to) {
            if (from != to)
                tell(Part::Setting, Texts::tr("%1: %2 → %3.", "setting, before, after")
                                        .arg(what, from.isEmpty() ? Texts::tr("none") : from,
                                             to.isEmpty() ? Texts::tr("none") : to));
        };
        value(Texts::tr("Name"), m_before.name, m_after.name);
        value(Texts::tr("Baseline"), m_before.baseline, m_after.baseline);
        if (m_before.limits != m_after.limits)
            tell(Part::Setting, Texts::tr("The limits of a query differ."));
        if (m_before.keepTexts != m_after.keepTexts)
            tell(Part::Setting, m_after.keepTexts
                                    ? Texts::tr("Prompts and answers are kept now.")
                                    : Texts::tr("Prompts and answers are no longer kept."));
        if (m_before.groups != m_after.groups)
            tell(Part::Setting, Texts::tr("The groups of nodes differ."));
        if (m_before.pins != m_after.pins)
            tell(Part::Setting, Texts::tr("The pinned queries differ."));
        compareRest();
    }

    // What no sentence above speaks of, such as fields that this version does not know.
    void compareRest()
    {
        PolicyDocument before = m_before;
        before.name = m_after.name;
        before.baseline = m_after.baseline;
        before.limits = m_after.limits;
        before.keepTexts = m_after.keepTexts;
        before.models = m_after.models;
        before.nodes = m_after.nodes;
        before.wires = m_after.wires;
        before.groups = m_after.groups;
        before.pins = m_after.pins;
        if (before != m_after)
            tell(Part::Setting, Texts::tr("Other settings of the policy differ."));
        else if (m_found.isEmpty() && m_before != m_after)
            tell(Part::Setting, Texts::tr("Only the order of entries differs."));
    }

    const PolicyDocument &m_before;
    const PolicyDocument &m_after;
    QList<Difference> m_found;
};

} // namespace

QList<Difference> differences(const PolicyDocument &before, const PolicyDocument &after)
{
    return Comparison(before, after).run();
}

} // namespace headgate::policy
