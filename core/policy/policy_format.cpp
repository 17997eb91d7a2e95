#include "core/policy/policy_format.h"

#include "core/policy/member_reader.h"
#include "core/policy/route_pin_format.h"
#include "core/policy/texts.h"

#include <QHash>
#include <QSet>

#include <array>
#include <cmath>

namespace headgate::policy {

namespace {

using namespace Qt::StringLiterals;

constexpr const char *kFormatName = "headgate.policy";
constexpr JsonLimits kLimits{.maxBytes = kMaxPolicyBytes, .maxDepth = 64, .uniqueKeys = true};
constexpr double kExactIntegers = 9007199254740992.0;

// [n] lifts version n + 1 to n + 2; a shipped one is never edited.
using Migration = Json (*)(Json root);
constexpr std::array<Migration, 0> kMigrations{};
static_assert(kMigrations.size() + 1 == std::size_t(kPolicyFormatVersion));

// Fields of a price that this version does not know come back in `unknown`.
Result<Price> readPrice(Json object, const QString &modelName, Json &unknown)
{
    MemberReader members(std::move(object), {.part = Place::Part::Price, .name = modelName});
    const std::optional<Money> input = members.decimal("input");
    const std::optional<Money> output = members.decimal("output");
    Price price;
    price.cachedInput = members.decimal("cached_input");
    price.cacheWrite = members.decimal("cache_write");
    if (members.failed())
        return fail(ErrorCode::InvalidInput, members.error());
    if (!input || !output)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The price of model “%1” needs “input” and “output”, in USD per "
                              "million tokens.")
                        .arg(modelName));
    price.input = *input;
    price.output = *output;
    unknown = std::move(members).rest();
    return price;
}

Result<Model> readModel(const QString &name, Json object)
{
    MemberReader members(std::move(object), {.part = Place::Part::Model, .name = name});
    Model model;
    model.name = name;
    model.provider = members.text("provider");
    model.model = members.text("model");
    model.parameters = members.object("parameters");
    Json price = members.object("price");
    if (members.failed())
        return fail(ErrorCode::InvalidInput, members.error());
    model.extra = std::move(members).rest();
    if (price.empty())
        return model;
    Json unknown = Json::object();
    Result<Price> known = readPrice(std::move(price), name, unknown);
    if (!known)
        return tl::unexpected(std::move(known).error());
    model.price = *known;
    if (!unknown.empty())
        model.extra["price"] = std::move(unknown);
    return model;
}

Result<QList<Model>> readModels(Json object)
{
    QList<Model> models;
    models.reserve(qsizetype(object.size()));
    for (auto it = object.begin(); it != object.end(); ++it) {
        Result<Model> model = readModel(toQString(it.key()), std::move(it.value()));
        if (!model)
            return tl::unexpected(std::move(model).error());
        models.append(std::move(*model));
    }
    std::sort(models.begin(), models.end(),
              [](const Model &a, const Model &b) { return a.name < b.name; });
    return models;
}

Result<Limits> readLimits(Json object)
{
    MemberReader members(std::move(object), {.part = Place::Part::Limits});
    Limits limits;
    limits.maxCost = members.decimal("max_cost_usd");
    if (const std::optional<Money> seconds = members.decimal("max_latency_s"))
        limits.maxLatency = std::chrono::nanoseconds(seconds->nanos());
    const QString onLimit = members.text("on_limit");
    if (members.failed())
        return fail(ErrorCode::InvalidInput, members.error());
    if (onLimit == "fail"_L1)
        limits.onLimit = Limits::OnLimit::Fail;
    else if (!onLimit.isEmpty() && onLimit != "best_so_far"_L1)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("“on_limit” of the limits must be “best_so_far” or “fail”, not “%1”.")
                        .arg(onLimit));
    limits.extra = std::move(members).rest();
    return limits;
}

Result<Node> readNode(Json object, qsizetype number)
{
    MemberReader members(std::move(object), {.part = Place::Part::Node, .number = number});
    Node node;
    node.id = {members.requiredText("id")};
    members.setPlaceName(node.id.value);
    node.kind = members.requiredText("kind");
    node.title = members.text("title");
    node.at = members.point("at");
    node.config = members.object("config");
    const QString mode = members.text("mode");
    if (members.failed())
        return fail(ErrorCode::InvalidInput, members.error());
    if (mode == "muted"_L1)
        node.mode = NodeMode::Muted;
    else if (mode == "bypassed"_L1)
        node.mode = NodeMode::Bypassed;
    else if (!mode.isEmpty())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("“mode” of node “%1” must be “muted” or “bypassed”, not “%2”.")
                        .arg(node.id.value, mode));
    node.extra = std::move(members).rest();
    return node;
}

Result<QList<Node>> readNodes(Json list)
{
    if (list.size() > std::size_t(kMaxPolicyNodes))
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The policy has %1 nodes; at most %2 are read.")
                        .arg(list.size())
                        .arg(kMaxPolicyNodes));
    QList<Node> nodes;
    nodes.reserve(qsizetype(list.size()));
    QHash<QString, qsizetype> numbers;
    numbers.reserve(qsizetype(list.size()));
    for (Json &entry : list) {
        const qsizetype number = nodes.size() + 1;
        Result<Node> node = readNode(std::move(entry), number);
        if (!node)
            return tl::unexpected(std::move(node).error());
        const auto known = numbers.constFind(node->id.value);
        if (known != numbers.cend())
            return fail(
                ErrorCode::InvalidInput,
                Texts::tr("Nodes number %1 and %2 both have the id “%3”; give one of "
                          "them another id.")
                    .arg(QString::number(known.value()), QString::number(number), node->id.value));
        numbers.insert(node->id.value, number);
        nodes.append(std::move(*node));
    }
    return nodes;
}

Result<Group> readGroup(Json object, qsizetype number)
{
    MemberReader members(std::move(object), {.part = Place::Part::Group, .number = number});
    Group group;
    group.id = members.requiredText("id");
    group.title = members.text("title");
    group.collapsed = members.flag("collapsed");
    const Json nodes = members.list("nodes");
    if (members.failed())
        return fail(ErrorCode::InvalidInput, members.error());
    group.extra = std::move(members).rest();
    for (const Json &node : nodes) {
        if (!node.is_string())
            return fail(
                ErrorCode::InvalidInput,
                Texts::tr("“nodes” of group number %1 must be a list of node ids.").arg(number));
        group.nodes.append({toQString(node.get_ref<const std::string &>())});
    }
    return group;
}

// Of what a file says twice, the first holds; ids of nodes that are not there are left out.
Result<QList<Group>> readGroups(Json list, const QList<Node> &nodes)
{
    QList<Group> groups;
    QSet<NodeId> free;
    for (const Node &node : nodes)
        free.insert(node.id);
    QSet<QString> ids;
    qsizetype number = 0;
    for (Json &entry : list) {
        Result<Group> group = readGroup(std::move(entry), ++number);
        if (!group)
            return tl::unexpected(std::move(group).error());
        if (ids.contains(group->id))
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("Two groups have the id “%1”; give one of them another id.")
                            .arg(group->id));
        ids.insert(group->id);
        group->nodes.removeIf([&free](const NodeId &node) { return !free.remove(node); });
        if (!group->nodes.isEmpty())
            groups.append(std::move(*group));
    }
    return groups;
}

// A newer version may say more of a wire than its ends.
Result<QList<Wire>> readWires(const Json &list, bool newer)
{
    if (list.size() > std::size_t(kMaxPolicyWires))
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The policy has %1 wires; at most %2 are read.")
                        .arg(list.size())
                        .arg(kMaxPolicyWires));
    QList<Wire> wires;
    wires.reserve(qsizetype(list.size()));
    for (const Json &entry : list) {
        const bool sized = entry.is_array() && (entry.size() == 3 || (newer && entry.size() > 3));
        if (!sized || !entry[0].is_string() || !entry[1].is_string() || !entry[2].is_string())
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("Wire number %1 must be a list of three texts: the node it "
                                  "leaves, its port, and the node it leads to.")
                            .arg(wires.size() + 1));
        wires.append({{toQString(entry[0].get_ref<const std::string &>())},
                      toQString(entry[1].get_ref<const std::string &>()),
                      {toQString(entry[2].get_ref<const std::string &>())}});
    }
    return wires;
}

Result<PolicyDocument> readDocument(Json root, bool newer)
{
    MemberReader members(std::move(root), {.part = Place::Part::Policy});
    members.text("format");
    members.integer("version");
    PolicyDocument document;
    document.name = members.text("name");
    document.baseline = members.text("baseline");
    document.keepTexts = members.flag("keep_texts");
    Json modelMembers = members.object("models");
    Json limitMembers = members.object("limits");
    Json nodeList = members.list("nodes");
    const Json wireList = members.list("wires");
    Json groupList = members.list("groups");
    Json pinList = members.list("pins");
    if (members.failed())
        return fail(ErrorCode::InvalidInput, members.error());
    document.extra = std::move(members).rest();

    Result<QList<Model>> models = readModels(std::move(modelMembers));
    if (!models)
        return tl::unexpected(std::move(models).error());
    Result<Limits> limits = readLimits(std::move(limitMembers));
    if (!limits)
        return tl::unexpected(std::move(limits).error());
    Result<QList<Node>> nodes = readNodes(std::move(nodeList));
    if (!nodes)
        return tl::unexpected(std::move(nodes).error());
    Result<QList<Wire>> wires = readWires(wireList, newer);
    if (!wires)
        return tl::unexpected(std::move(wires).error());
    Result<QList<Group>> groups = readGroups(std::move(groupList), *nodes);
    if (!groups)
        return tl::unexpected(std::move(groups).error());
    Result<QList<RoutePin>> pins = readPins(std::move(pinList));
    if (!pins)
        return tl::unexpected(std::move(pins).error());
    document.models = std::move(*models);
    document.limits = std::move(*limits);
    document.nodes = std::move(*nodes);
    document.wires = std::move(*wires);
    document.groups = std::move(*groups);
    document.pins = std::move(*pins);
    return document;
}

Json toJson(const Price &price, const Json &unknown)
{
    Json object = unknown.is_object() ? unknown : Json::object();
    object["input"] = decimalToJson(price.input);
    object["output"] = decimalToJson(price.output);
    if (price.cachedInput)
        object["cached_input"] = decimalToJson(*price.cachedInput);
    if (price.cacheWrite)
        object["cache_write"] = decimalToJson(*price.cacheWrite);
    return object;
}

Json toJson(const Model &model)
{
    Json object = model.extra;
    object["provider"] = toStdString(model.provider);
    object["model"] = toStdString(model.model);
    if (!model.parameters.empty())
        object["parameters"] = model.parameters;
    const Json unknownOfPrice = object.contains("price") ? object["price"] : Json();
    object.erase("price");
    if (model.price)
        object["price"] = toJson(*model.price, unknownOfPrice);
    return object;
}

Json toJson(const Limits &limits)
{
    Json object = limits.extra;
    if (limits.maxCost)
        object["max_cost_usd"] = decimalToJson(*limits.maxCost);
    if (limits.maxLatency)
        object["max_latency_s"] = decimalToJson(Money::fromNanos(limits.maxLatency->count()));
    if (limits.onLimit == Limits::OnLimit::Fail)
        object["on_limit"] = "fail";
    return object;
}

// Whole numbers without a fraction, as they are typed.
Json coordinate(double value)
{
    if (!std::isfinite(value))
        return 0;
    if (value == std::trunc(value) && std::abs(value) < kExactIntegers)
        return qint64(value);
    return value;
}

Json toJson(const Node &node)
{
    Json object = node.extra;
    object["id"] = toStdString(node.id.value);
    object["kind"] = toStdString(node.kind);
    object["at"] = Json::array({coordinate(node.at.x()), coordinate(node.at.y())});
    if (!node.title.isEmpty())
        object["title"] = toStdString(node.title);
    if (!node.config.is_object() || !node.config.empty())
        object["config"] = node.config;
    if (node.mode != NodeMode::Active)
        object["mode"] = node.mode == NodeMode::Muted ? "muted" : "bypassed";
    return object;
}

Json toJson(const Group &group)
{
    Json object = group.extra;
    object["id"] = toStdString(group.id);
    if (!group.title.isEmpty())
        object["title"] = toStdString(group.title);
    if (group.collapsed)
        object["collapsed"] = true;
    Json &nodes = object["nodes"] = Json::array();
    for (const NodeId &node : group.nodes)
        nodes.push_back(toStdString(node.value));
    return object;
}

Result<qint64> versionOf(const Json &root)
{
    if (!root.is_object() || jsonString(root, "format") != QLatin1StringView(kFormatName))
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("This is no Headgate policy: it does not say “format”: “%1”.")
                        .arg(QLatin1StringView(kFormatName)));
    MemberReader members(Json{{"version", root.value("version", Json())}}, {});
    const std::optional<qint64> version = members.integer("version");
    if (!version || *version < 1)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("“version” of the policy must be a whole number from 1 up."));
    return *version;
}

} // namespace

Result<LoadedPolicy> parsePolicy(const QByteArray &text)
{
    Result<Json> root = parseJson(text, kLimits);
    if (!root)
        return tl::unexpected(std::move(root).error());
    const Result<qint64> version = versionOf(*root);
    if (!version)
        return tl::unexpected(version.error());

    for (qint64 v = *version; v < kPolicyFormatVersion; ++v)
        *root = kMigrations[std::size_t(v - 1)](std::move(*root));
    const bool newer = *version > kPolicyFormatVersion;
    Result<PolicyDocument> document = readDocument(std::move(*root), newer);
    if (document)
        return LoadedPolicy{std::move(*document), newer};
    if (!newer)
        return tl::unexpected(std::move(document).error());
    return fail(ErrorCode::UnsupportedVersion,
                Texts::tr("The policy was made by a newer version of Headgate (format %1; this one "
                          "reads up to %2) and cannot be shown.")
                    .arg(*version)
                    .arg(kPolicyFormatVersion),
                document.error().message);
}

QByteArray formatPolicy(const PolicyDocument &document)
{
    Json root = document.extra;
    root["format"] = kFormatName;
    root["version"] = kPolicyFormatVersion;
    root["name"] = toStdString(document.name);
    if (!document.baseline.isEmpty())
        root["baseline"] = toStdString(document.baseline);
    if (document.keepTexts)
        root["keep_texts"] = true;
    Json &models = root["models"] = Json::object();
    for (const Model &model : document.models)
        models[toStdString(model.name)] = toJson(model);
    if (Json limits = toJson(document.limits); !limits.empty())
        root["limits"] = std::move(limits);
    Json &nodes = root["nodes"] = Json::array();
    for (const Node &node : document.nodes)
        nodes.push_back(toJson(node));
    Json &wires = root["wires"] = Json::array();
    for (const Wire &wire : document.wires)
        wires.push_back(Json::array(
            {toStdString(wire.from.value), toStdString(wire.port), toStdString(wire.to.value)}));
    for (const Group &group : document.groups)
        root["groups"].push_back(toJson(group));
    for (const RoutePin &pin : document.pins)
        root["pins"].push_back(toJson(pin));
    return formatJson(root);
}

} // namespace headgate::policy
