#include "core/policy/key_texts.h"

#include "core/common/redaction.h"
#include "core/policy/node_kind.h"
#include "core/policy/texts.h"

namespace headgate::policy {

namespace {

bool isHeld(const QString &text)
{
    return holdsKey(text);
}

bool isHeld(const Json &value)
{
    return holdsKey(toQString(value.dump(-1, ' ', false, Json::error_handler_t::replace)));
}

class Finder
{
public:
    template<typename Text>
    void look(const Text &text, const QString &place, const NodeId &node = {},
              const QString &field = {})
    {
        if (showsKey(text))
            m_found.append({node, field, place, isHeld(text)});
    }

    void lookAt(const Model &model)
    {
        const QString place = Texts::tr("the model “%1”").arg(redacted(model.name));
        for (const QString *text : {&model.name, &model.provider, &model.model})
            look(*text, place);
        look(model.parameters, Texts::tr("the parameters of %1").arg(place));
        look(model.extra, place);
    }

    void lookAt(const Node &node)
    {
        if (showsKey(node.title))
            look(node.title, Texts::tr("the title of %1").arg(redacted(displayName(node))),
                 node.id);
        if (node.config.is_object()) {
            for (const auto &[key, value] : node.config.items())
                lookAtField(node, toQString(key), value);
        } else {
            look(node.config, redacted(displayName(node)), node.id);
        }
        look(node.extra, redacted(displayName(node)), node.id);
    }

    QList<KeyText> take() { return std::move(m_found); }

private:
    void lookAtField(const Node &node, const QString &key, const Json &value)
    {
        if (!showsKey(value) && !showsKey(key))
            return;
        QString label = redacted(key);
        if (const NodeKind *kind = nodeKind(node.kind)) {
            for (const Field &field : kind->fields) {
                if (field.key == key)
                    label = field.label;
            }
        }
        const QString place = Texts::tr("“%1” of %2").arg(label, redacted(displayName(node)));
        m_found.append({node.id, key, place, isHeld(value) || isHeld(key)});
    }

    QList<KeyText> m_found;
};

} // namespace

QList<KeyText> keyTextsIn(const PolicyDocument &document)
{
    Finder finder;
    finder.look(document.name, Texts::tr("the policy's name"));
    for (const Model &model : document.models)
        finder.lookAt(model);
    for (const Node &node : document.nodes)
        finder.lookAt(node);
    for (const Group &group : document.groups) {
        finder.look(group.title, Texts::tr("the title of a group"));
        finder.look(group.extra, Texts::tr("a group"));
    }
    for (const Json *unknown : {&document.limits.extra, &document.extra})
        finder.look(*unknown, Texts::tr("a field that this version does not know"));
    return finder.take();
}

PolicyDocument withoutKeys(PolicyDocument document)
{
    for (QString *text : {&document.name, &document.baseline})
        *text = redacted(*text);
    for (Model &model : document.models) {
        for (QString *text : {&model.name, &model.provider, &model.model})
            *text = redacted(*text);
        model.parameters = redacted(model.parameters);
        model.extra = redacted(model.extra);
    }
    for (Node &node : document.nodes) {
        node.title = redacted(node.title);
        node.config = redacted(node.config);
        node.extra = redacted(node.extra);
    }
    for (Wire &wire : document.wires)
        wire.port = redacted(wire.port);
    for (Group &group : document.groups) {
        group.title = redacted(group.title);
        group.extra = redacted(group.extra);
    }
    document.limits.extra = redacted(document.limits.extra);
    document.extra = redacted(document.extra);
    return document;
}

} // namespace headgate::policy
