#include "core/policy/policy_editor.h"

#include "core/policy/texts.h"

#include <QMultiHash>

namespace headgate::policy {

namespace {

using namespace Qt::StringLiterals;

bool samePlace(QPointF a, QPointF b) // QPointF's own comparison is fuzzy
{
    return a.x() == b.x() && a.y() == b.y();
}

template<typename T>
bool exchangeIfOther(T &place, const T &value, T &former)
{
    former = place;
    if (place == value)
        return false;
    place = value;
    return true;
}

} // namespace

PolicyEditor::PolicyEditor()
    : PolicyEditor(PolicyDocument())
{
}

PolicyEditor::PolicyEditor(PolicyDocument document, QObject *parent)
    : QObject(parent)
    , m_document(std::move(document))
{
}

PolicyDocument PolicyEditor::setDocument(PolicyDocument document)
{
    PolicyDocument former = std::exchange(m_document, std::move(document));
    m_upstream.reset();
    announce(&PolicyEditor::documentReplaced);
    return former;
}

template<typename Signal, typename... Arguments>
void PolicyEditor::announce(Signal signal, const Arguments &...arguments)
{
    m_problems.reset();
    Q_EMIT(this->*signal)(arguments...);
    Q_EMIT changed();
}

void PolicyEditor::forgetWhatFollows()
{
    m_problems.reset();
    m_upstream.reset();
}

Node &PolicyEditor::nodeAt(const NodeId &id)
{
    const auto it = std::find_if(m_document.nodes.begin(), m_document.nodes.end(),
                                 [&id](const Node &node) { return node.id == id; });
    Q_ASSERT(it != m_document.nodes.end());
    return *it;
}

NodeId PolicyEditor::freeId() const
{
    // One above the highest, so that an id that a trace or a dangling wire names is not used again.
    qint64 highest = 0;
    const auto note = [&highest](const NodeId &id) {
        bool isNumber = false;
        const qint64 number = QStringView(id.value).mid(1).toLongLong(&isNumber);
        if (isNumber && id.value.startsWith(u'n') && number < std::numeric_limits<qint32>::max())
            highest = qMax(highest, number);
    };
    for (const Node &node : m_document.nodes)
        note(node.id);
    for (const Wire &wire : m_document.wires) {
        note(wire.from);
        note(wire.to);
    }
    return {u'n' + QString::number(highest + 1)};
}

QString PolicyEditor::freeTitle(const QString &kind) const
{
    QSet<QString> taken;
    for (const Node &node : m_document.nodes)
        taken.insert(node.title);
    const NodeKind *known = nodeKind(kind);
    const QString label = known ? known->label : kind;
    // There is one query and mostly one answer: those need no number.
    const bool isEnd = known && known->group == NodeGroup::Flow;
    if (isEnd && !taken.contains(label))
        return label;
    for (int number = isEnd ? 2 : 1;; ++number) {
        const QString title = Texts::tr("%1 %2").arg(label, QString::number(number));
        if (!taken.contains(title))
            return title;
    }
}

Result<> PolicyEditor::checkTitle(const QString &title, const NodeId &owner) const
{
    const bool taken =
        !title.isEmpty() &&
        std::any_of(m_document.nodes.begin(), m_document.nodes.end(),
                    [&](const Node &node) { return node.title == title && node.id != owner; });
    if (taken)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("Another node is called “%1”; choose another title.").arg(title));
    return {};
}

Result<> PolicyEditor::addNode(const Node &node, qsizetype index)
{
    if (node.id.isEmpty() || m_document.node(node.id))
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("Another node has the id “%1”.").arg(node.id.value));
    if (const Result<> title = checkTitle(node.title, node.id); !title)
        return title;
    const qsizetype end = m_document.nodes.size();
    m_document.nodes.insert(index < 0 ? end : qMin(index, end), node);
    announce(&PolicyEditor::nodeAdded, NodeId(node.id));
    return {};
}

RemovedNode PolicyEditor::removeNode(const NodeId &id)
{
    const NodeId removedId = id; // the caller's may be the node's own
    RemovedNode removed;
    removed.node = nodeAt(removedId);
    removed.index = &nodeAt(removedId) - m_document.nodes.data();
    QList<Wire> kept;
    kept.reserve(m_document.wires.size());
    for (qsizetype i = 0; i < m_document.wires.size(); ++i) {
        const Wire &wire = m_document.wires[i];
        if (wire.from == removedId || wire.to == removedId)
            removed.wires.append({i, wire});
        else
            kept.append(wire);
    }
    m_document.wires = std::move(kept);
    m_document.nodes.removeAt(removed.index);
    leaveGroup(removedId, removed);
    forgetWhatFollows();
    for (const auto &[place, wire] : std::as_const(removed.wires))
        Q_EMIT wireRemoved(wire);
    Q_EMIT nodeRemoved(removedId);
    if (removed.group)
        Q_EMIT groupsChanged();
    Q_EMIT changed();
    return removed;
}

// A group goes with its last node.
void PolicyEditor::leaveGroup(const NodeId &node, RemovedNode &removed)
{
    for (qsizetype i = 0; i < m_document.groups.size(); ++i) {
        Group &group = m_document.groups[i];
        if (!group.nodes.contains(node))
            continue;
        removed.group = group;
        removed.groupIndex = i;
        group.nodes.removeAll(node);
        if (group.nodes.isEmpty())
            m_document.groups.removeAt(i);
        return;
    }
}

void PolicyEditor::restoreNode(const RemovedNode &removed)
{
    Q_ASSERT(!m_document.node(removed.node.id));
    m_document.nodes.insert(qMin(removed.index, m_document.nodes.size()), removed.node);
    for (const auto &[place, wire] : removed.wires)
        m_document.wires.insert(qMin(place, m_document.wires.size()), wire);
    if (removed.group) {
        QList<Group> &groups = m_document.groups;
        const qsizetype at = qMin(removed.groupIndex, groups.size());
        if (at < groups.size() && groups[at].id == removed.group->id)
            groups[at] = *removed.group;
        else
            groups.insert(at, *removed.group);
    }
    forgetWhatFollows();
    Q_EMIT nodeAdded(removed.node.id);
    for (const auto &[place, wire] : removed.wires)
        Q_EMIT wireAdded(wire);
    if (removed.group)
        Q_EMIT groupsChanged();
    Q_EMIT changed();
}

QPointF PolicyEditor::moveNode(const NodeId &id, QPointF to)
{
    Node &node = nodeAt(id);
    const QPointF former = node.at;
    if (samePlace(former, to))
        return former;
    node.at = to;
    announce(&PolicyEditor::nodeMoved, NodeId(node.id));
    return former;
}

Result<QString> PolicyEditor::setTitle(const NodeId &id, const QString &title)
{
    Node &node = nodeAt(id);
    QString former = node.title;
    if (former == title)
        return former;
    if (const Result<> free = checkTitle(title, id); !free)
        return tl::unexpected(free.error());
    node.title = title;
    announce(&PolicyEditor::nodeChanged, NodeId(node.id));
    return former;
}

Json PolicyEditor::setConfigValue(const NodeId &id, const QString &key, const Json &value)
{
    Json config = nodeAt(id).config;
    if (!config.is_object())
        config = Json::object();
    const std::string name = toStdString(key);
    const auto it = config.find(name);
    Json former = it == config.end() ? Json() : *it;
    if (value.is_null())
        config.erase(name);
    else
        config[name] = value;
    setConfig(id, config);
    return former;
}

Json PolicyEditor::setConfig(const NodeId &id, const Json &config)
{
    Node &node = nodeAt(id);
    Json former;
    if (!exchangeIfOther(node.config, config, former))
        return former;
    announce(&PolicyEditor::nodeChanged, NodeId(node.id));
    return former;
}

NodeMode PolicyEditor::setMode(const NodeId &id, NodeMode mode)
{
    Node &node = nodeAt(id);
    NodeMode former = node.mode;
    if (exchangeIfOther(node.mode, mode, former))
        announce(&PolicyEditor::nodeChanged, NodeId(node.id));
    return former;
}

bool PolicyEditor::leadsTo(const NodeId &start, const NodeId &end) const
{
    if (!m_upstream || m_upstream->of != end) {
        QMultiHash<NodeId, NodeId> sources;
        sources.reserve(m_document.wires.size());
        for (const Wire &wire : m_document.wires)
            sources.insert(wire.to, wire.from);
        Upstream upstream{end, {end}};
        QList<NodeId> open{end};
        while (!open.isEmpty()) {
            const auto [first, last] = sources.equal_range(open.takeLast());
            for (auto it = first; it != last; ++it) {
                if (upstream.nodes.contains(*it))
                    continue;
                upstream.nodes.insert(*it);
                open.append(*it);
            }
        }
        m_upstream = std::move(upstream);
    }
    return m_upstream->nodes.contains(start);
}

Result<> PolicyEditor::canConnect(const Wire &wire) const
{
    const Node *from = m_document.node(wire.from);
    const Node *to = m_document.node(wire.to);
    if (!from || !to)
        return fail(ErrorCode::InvalidInput, Texts::tr("There is no node “%1” in the policy.")
                                                 .arg(from ? wire.to.value : wire.from.value));
    const NodeKind *fromKind = nodeKind(from->kind);
    const NodeKind *toKind = nodeKind(to->kind);
    if (fromKind) {
        const QList<Port> ports = fromKind->outPorts(from->config);
        if (std::none_of(ports.begin(), ports.end(),
                         [&](const Port &port) { return port.name == wire.port; }))
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("%1 has no port “%2”.").arg(displayName(*from), wire.port));
    }
    if (wire.from == wire.to)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("A wire from %1 to itself would never end.").arg(displayName(*to)));
    if (toKind && toKind->group == NodeGroup::Note)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("%1 is a note; no wire leads into it.").arg(displayName(*to)));
    if (toKind && !toKind->hasInput)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("Queries start at %1; no wire leads into it.").arg(displayName(*to)));
    if (leadsTo(wire.to, wire.from))
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("%1 leads to %2 already; this wire would close a circle that a "
                              "query never leaves.")
                        .arg(displayName(*to), displayName(*from)));
    return {};
}

Result<std::optional<Wire>> PolicyEditor::connect(const Wire &wire, qsizetype index)
{
    if (const Result<> allowed = canConnect(wire); !allowed)
        return tl::unexpected(allowed.error());
    const Wire added = wire;
    const auto same =
        std::find_if(m_document.wires.begin(), m_document.wires.end(), [&](const Wire &other) {
            return other.from == added.from && other.port == added.port;
        });
    if (same == m_document.wires.end()) {
        const qsizetype end = m_document.wires.size();
        m_document.wires.insert(index < 0 ? end : qMin(index, end), added);
        m_upstream.reset();
        announce(&PolicyEditor::wireAdded, added);
        return std::optional<Wire>();
    }
    const Wire displaced = *same;
    if (displaced == added)
        return std::optional<Wire>(displaced);
    *same = added;
    forgetWhatFollows();
    Q_EMIT wireRemoved(displaced);
    Q_EMIT wireAdded(added);
    Q_EMIT changed();
    return std::optional<Wire>(displaced);
}

qsizetype PolicyEditor::disconnect(const Wire &wire)
{
    const Wire removed = wire;
    const qsizetype place = m_document.wires.indexOf(removed);
    if (place < 0)
        return -1;
    m_document.wires.removeAt(place);
    m_upstream.reset();
    announce(&PolicyEditor::wireRemoved, removed);
    return place;
}

void PolicyEditor::restoreWire(const Wire &wire, qsizetype index)
{
    const Wire restored = wire;
    m_document.wires.insert(qBound(qsizetype(0), index, m_document.wires.size()), restored);
    m_upstream.reset();
    announce(&PolicyEditor::wireAdded, restored);
}

void PolicyEditor::restoreDisplaced(const Wire &wire)
{
    const Wire restored = wire;
    const auto same =
        std::find_if(m_document.wires.begin(), m_document.wires.end(), [&](const Wire &other) {
            return other.from == restored.from && other.port == restored.port;
        });
    Q_ASSERT(same != m_document.wires.end());
    const Wire displaced = std::exchange(*same, restored);
    forgetWhatFollows();
    Q_EMIT wireRemoved(displaced);
    Q_EMIT wireAdded(restored);
    Q_EMIT changed();
}

Result<> PolicyEditor::setModel(const Model &model)
{
    if (model.name.isEmpty())
        return fail(ErrorCode::InvalidInput, Texts::tr("A model needs a name."));
    const auto place =
        std::lower_bound(m_document.models.begin(), m_document.models.end(), model.name,
                         [](const Model &other, const QString &name) { return other.name < name; });
    if (place == m_document.models.end() || place->name != model.name)
        m_document.models.insert(place, model);
    else if (*place == model)
        return {};
    else
        *place = model;
    announce(&PolicyEditor::modelsChanged);
    return {};
}

void PolicyEditor::removeModel(const QString &name)
{
    const QString removed = name;
    if (m_document.models.removeIf([&](const Model &model) { return model.name == removed; }) == 0)
        return;
    announce(&PolicyEditor::modelsChanged);
}

QString PolicyEditor::setName(const QString &name)
{
    QString former;
    if (exchangeIfOther(m_document.name, name, former)) {
        announce(&PolicyEditor::settingsChanged);
    }
    return former;
}

QString PolicyEditor::setBaseline(const QString &model)
{
    QString former;
    if (exchangeIfOther(m_document.baseline, model, former)) {
        announce(&PolicyEditor::settingsChanged);
    }
    return former;
}

Limits PolicyEditor::setLimits(const Limits &limits)
{
    Limits former;
    if (exchangeIfOther(m_document.limits, limits, former)) {
        announce(&PolicyEditor::settingsChanged);
    }
    return former;
}

bool PolicyEditor::setKeepTexts(bool keep)
{
    bool former = keep;
    if (exchangeIfOther(m_document.keepTexts, keep, former)) {
        announce(&PolicyEditor::settingsChanged);
    }
    return former;
}

QList<Group> PolicyEditor::setGroups(const QList<Group> &groups)
{
    QSet<NodeId> free;
    for (const Node &node : std::as_const(m_document.nodes))
        free.insert(node.id);
    QList<Group> sound = groups;
    for (Group &group : sound)
        group.nodes.removeIf([&free](const NodeId &node) { return !free.remove(node); });
    sound.removeIf([](const Group &group) { return group.nodes.isEmpty(); });
    QList<Group> former;
    if (exchangeIfOther(m_document.groups, sound, former))
        announce(&PolicyEditor::groupsChanged);
    return former;
}

QList<RoutePin> PolicyEditor::setPins(const QList<RoutePin> &pins)
{
    QList<RoutePin> former;
    if (exchangeIfOther(m_document.pins, pins, former))
        announce(&PolicyEditor::pinsChanged);
    return former;
}

const QList<Problem> &PolicyEditor::problems() const
{
    if (!m_problems)
        m_problems = validate(m_document);
    return *m_problems;
}

} // namespace headgate::policy
