#include "random_document.h"

#include "core/policy/node_kind.h"

#include <QSet>

#include <cmath>

namespace headgate::tests {

namespace {

using namespace Qt::StringLiterals;

Money randomMoney(QRandomGenerator &random)
{
    const quint64 bits = random.generate64();
    return Money::fromNanos(qint64((bits >> 1) >> random.bounded(63)));
}

Price randomPrice(QRandomGenerator &random)
{
    Price price{.input = randomMoney(random), .output = randomMoney(random)};
    if (random.bounded(2) == 0)
        price.cachedInput = randomMoney(random);
    if (random.bounded(2) == 0)
        price.cacheWrite = randomMoney(random);
    return price;
}

// Members under names that no version uses.
Json randomExtra(QRandomGenerator &random)
{
    Json extra = Json::object();
    while (random.bounded(3) == 0)
        extra["x-" + toStdString(randomText(random))] = randomJson(random, 3);
    return extra;
}

Json randomObject(QRandomGenerator &random)
{
    Json object = Json::object();
    while (random.bounded(3) != 0)
        object[toStdString(randomText(random))] = randomJson(random, 4);
    return object;
}

policy::Node randomNode(QRandomGenerator &random, int number)
{
    const auto &kinds = policy::nodeKinds();
    policy::Node node;
    node.id = {u'n' + QString::number(number) + randomText(random)};
    const qsizetype kind = random.bounded(int(kinds.size()) + 1);
    node.kind = kind == kinds.size() ? u"teleport"_s : kinds[kind].id;
    node.title = randomText(random);
    node.at = random.bounded(2) == 0
                  ? QPointF(random.bounded(2000), -random.bounded(2000))
                  : QPointF(random.generateDouble() * 1000, random.generateDouble());
    node.config = randomObject(random);
    node.mode = policy::NodeMode(random.bounded(3));
    node.extra = randomExtra(random);
    return node;
}

// Of nodes that are in no other group.
QList<policy::Group> randomGroups(QRandomGenerator &random, const QList<policy::Node> &nodes)
{
    QList<policy::Group> groups;
    for (const policy::Node &node : nodes) {
        if (groups.isEmpty() || random.bounded(2) == 0)
            groups.append({.id = u'g' + QString::number(groups.size()) + randomText(random),
                           .title = randomText(random),
                           .collapsed = random.bounded(2) == 0,
                           .extra = randomExtra(random)});
        if (random.bounded(3) != 0 || groups.last().nodes.isEmpty())
            groups.last().nodes.append(node.id);
    }
    return groups;
}

policy::RoutePin randomPin(QRandomGenerator &random, int number)
{
    policy::RoutePin pin{.id = u'p' + QString::number(number), .name = randomText(random)};
    pin.query.messages.append({.text = randomText(random)});
    pin.query.metadata = randomObject(random);
    pin.query.seed = random.generate64();
    while (random.bounded(3) != 0)
        pin.path.append({{randomText(random)}, randomText(random)});
    while (random.bounded(3) != 0)
        pin.calls.append({.model = u'm' + randomText(random),
                          .provider = randomText(random),
                          .modelId = randomText(random),
                          .ok = random.bounded(2) == 0,
                          .cost = randomMoney(random),
                          .duration = std::chrono::nanoseconds(randomMoney(random).nanos())});
    while (random.bounded(3) != 0)
        pin.scores.append({.model = u'm' + randomText(random),
                           .scorers = Json::array({randomObject(random)}),
                           .score = random.generateDouble(),
                           .cost = qMax(Money::fromNanos(1), randomMoney(random)),
                           .duration = std::chrono::nanoseconds(randomMoney(random).nanos())});
    pin.extra = randomExtra(random);
    return pin;
}

} // namespace

QString randomText(QRandomGenerator &random)
{
    static const QStringList pieces{
        u"a"_s,   u"Z"_s,    u" "_s,  u"\""_s,     u"\\"_s, u"\n"_s,          u"é"_s,
        u"名"_s,  u"🦉"_s, u"}]"_s, u"\u202e"_s, u"/"_s,  u"\u2028"_s,      u"\ufffd"_s,
        u"key"_s, u"%1"_s,   u"&<"_s, u"\x7f"_s,   u"0"_s,  QString(QChar(0))};
    QString text;
    while (random.bounded(4) != 0)
        text += pieces[random.bounded(int(pieces.size()))];
    return text;
}

Json randomJson(QRandomGenerator &random, int depth)
{
    switch (random.bounded(depth > 0 ? 9 : 7)) {
    case 0:
        return {};
    case 1:
        return random.bounded(2) == 0;
    case 2:
        return qint64(random.generate64());
    case 3:
        return random.generate64();
    case 4:
        return std::ldexp(random.generateDouble() - 0.5, random.bounded(-200, 200));
    case 5:
    case 6:
        return toStdString(randomText(random));
    case 7: {
        Json list = Json::array();
        while (random.bounded(3) != 0)
            list.push_back(randomJson(random, depth - 1));
        return list;
    }
    default: {
        Json object = Json::object();
        while (random.bounded(3) != 0)
            object[toStdString(randomText(random))] = randomJson(random, depth - 1);
        return object;
    }
    }
}

policy::PolicyDocument randomDocument(QRandomGenerator &random)
{
    policy::PolicyDocument document;
    document.name = randomText(random);
    document.baseline = randomText(random);
    document.keepTexts = random.bounded(2) == 1;
    QSet<QString> names;
    while (random.bounded(4) != 0) {
        policy::Model model{.name = randomText(random),
                            .provider = randomText(random),
                            .model = randomText(random),
                            .parameters = randomObject(random),
                            .extra = randomExtra(random)};
        if (names.contains(model.name))
            continue;
        names.insert(model.name);
        if (random.bounded(2) == 0)
            model.price = randomPrice(random);
        document.models.append(model);
    }
    std::sort(document.models.begin(), document.models.end(),
              [](const policy::Model &a, const policy::Model &b) { return a.name < b.name; });
    if (random.bounded(2) == 0)
        document.limits.maxCost = randomMoney(random);
    if (random.bounded(2) == 0)
        document.limits.maxLatency = std::chrono::nanoseconds(randomMoney(random).nanos());
    if (random.bounded(2) == 0)
        document.limits.onLimit = policy::Limits::OnLimit::Fail;
    document.limits.extra = randomExtra(random);
    const int nodes = random.bounded(8);
    for (int number = 0; number < nodes; ++number)
        document.nodes.append(randomNode(random, number));
    while (nodes > 0 && random.bounded(8) != 0) {
        const auto any = [&] { return document.nodes[random.bounded(nodes)].id; };
        document.wires.append({any(), randomText(random),
                               random.bounded(9) == 0 ? policy::NodeId{u"gone"_s} : any()});
    }
    document.groups = randomGroups(random, document.nodes);
    while (random.bounded(3) == 0)
        document.pins.append(randomPin(random, int(document.pins.size())));
    document.extra = randomExtra(random);
    return document;
}

} // namespace headgate::tests
