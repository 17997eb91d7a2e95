#include "ui/editor/clipboard.h"

#include "core/policy/named_models.h"
#include "core/policy/policy_format.h"
#include "ui/common/texts.h"

#include <QMimeData>
#include <QSet>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using policy::NodeId;
using policy::Wire;

namespace {

constexpr const char *kIncoming = "incoming"; // a member of the policy that the text is

const QString kMimeType = u"application/x-headgate-nodes"_s;

QList<Wire> readIncoming(const Json &extra)
{
    QList<Wire> wires;
    const auto list = extra.find(kIncoming);
    if (list == extra.end() || !list->is_array())
        return wires;
    for (const Json &wire : *list) {
        if (wire.is_array() && wire.size() == 3 && wire[0].is_string() && wire[1].is_string() &&
            wire[2].is_string())
            wires.append({{toQString(wire[0].get<std::string>())},
                          toQString(wire[1].get<std::string>()),
                          {toQString(wire[2].get<std::string>())}});
    }
    return wires;
}

} // namespace

Clip clipOf(const policy::PolicyDocument &document, const QList<NodeId> &nodes)
{
    Clip clip;
    const QSet<NodeId> chosen(nodes.cbegin(), nodes.cend());
    QSet<QString> models;
    for (const policy::Node &node : document.nodes) {
        if (!chosen.contains(node.id))
            continue;
        clip.nodes.append(node);
        for (const QString &name : policy::modelsNamedBy(node))
            models.insert(name);
    }
    for (const policy::Model &model : document.models) {
        if (models.contains(model.name))
            clip.models.append(model);
    }
    for (const Wire &wire : document.wires) {
        if (!chosen.contains(wire.to))
            continue;
        (chosen.contains(wire.from) ? clip.wires : clip.incoming).append(wire);
    }
    for (const policy::Group &group : document.groups) {
        if (std::all_of(group.nodes.cbegin(), group.nodes.cend(),
                        [&chosen](const NodeId &node) { return chosen.contains(node); }))
            clip.groups.append(group);
    }
    return clip;
}

QByteArray clipText(const Clip &clip)
{
    policy::PolicyDocument document;
    document.models = clip.models;
    document.nodes = clip.nodes;
    document.wires = clip.wires;
    document.groups = clip.groups;
    if (!clip.incoming.isEmpty()) {
        Json &list = document.extra[kIncoming] = Json::array();
        for (const Wire &wire : clip.incoming)
            list.push_back(Json::array({toStdString(wire.from.value), toStdString(wire.port),
                                        toStdString(wire.to.value)}));
    }
    return policy::formatPolicy(document);
}

QMimeData *clipData(const Clip &clip)
{
    const QByteArray text = clipText(clip);
    auto *data = new QMimeData;
    data->setData(kMimeType, text);
    data->setText(QString::fromUtf8(text));
    return data;
}

Result<Clip> readClip(const QByteArray &text)
{
    const Result<policy::LoadedPolicy> loaded = policy::parsePolicy(text);
    if (!loaded)
        return fail(loaded.error().code,
                    Texts::tr("The clipboard holds no nodes of a policy, so nothing was pasted."),
                    loaded.error().message);
    if (loaded->readOnly)
        return fail(ErrorCode::UnsupportedVersion,
                    Texts::tr("The nodes on the clipboard were made by a newer version of "
                              "Headgate, so nothing was pasted."));
    if (loaded->document.nodes.isEmpty())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The policy on the clipboard has no nodes, so nothing was pasted."));
    const policy::PolicyDocument &document = loaded->document;
    return Clip{document.models, document.nodes, document.wires, readIncoming(document.extra),
                document.groups};
}

Result<Clip> readClip(const QMimeData *data)
{
    if (!data)
        return fail(ErrorCode::InvalidInput, Texts::tr("The clipboard is empty."));
    if (data->hasFormat(kMimeType))
        return readClip(data->data(kMimeType));
    if (!data->hasText() || data->text().trimmed().isEmpty())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The clipboard holds no text, so nothing was pasted."));
    return readClip(data->text().toUtf8());
}

} // namespace headgate::ui
