#include "ui/editor/editor_commands/fresh_names.h"

#include "core/policy/node_kind.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr const char *kSeed = "seed";

const policy::Field *seedField(const QString &kindId)
{
    const policy::NodeKind *kind = policy::nodeKind(kindId);
    if (!kind)
        return nullptr;
    const auto it =
        std::find_if(kind->fields.cbegin(), kind->fields.cend(), [](const policy::Field &field) {
            return field.key == QLatin1StringView(kSeed) &&
                   field.type == policy::FieldType::Integer;
        });
    return it == kind->fields.cend() ? nullptr : &*it;
}

qint64 seedOf(const policy::Node &node, const policy::Field &field)
{
    return qint64(jsonNumber(
        node.config, kSeed, field.defaultValue.is_number() ? field.defaultValue.get<double>() : 0));
}

qint64 numberOf(const policy::NodeId &id)
{
    bool isNumber = false;
    const qint64 number = QStringView(id.value).mid(1).toLongLong(&isNumber);
    const bool ours =
        isNumber && id.value.startsWith(u'n') && number < std::numeric_limits<qint32>::max();
    return ours ? number : 0;
}

} // namespace

FreshNames::FreshNames(const policy::PolicyDocument &document)
{
    for (const policy::Node &node : document.nodes) {
        m_highest = qMax(m_highest, numberOf(node.id));
        m_titles.insert(node.title);
        if (const policy::Field *field = seedField(node.kind))
            m_seeds[node.kind].insert(seedOf(node, *field));
    }
    for (const policy::Group &group : document.groups) {
        m_groupIds.insert(group.id);
        m_groupTitles.insert(group.title);
    }
    // A wire that dangles names a node that may come back.
    for (const policy::Wire &wire : document.wires)
        m_highest = qMax(m_highest, qMax(numberOf(wire.from), numberOf(wire.to)));
}

policy::Node FreshNames::renamed(policy::Node node)
{
    node.id = {u'n' + QString::number(++m_highest)};
    if (!node.title.isEmpty()) {
        node.title = freeTitle(node);
        m_titles.insert(node.title);
    }
    return seeded(std::move(node));
}

policy::Node FreshNames::seeded(policy::Node node)
{
    const policy::Field *field = seedField(node.kind);
    if (!field)
        return node;
    QSet<qint64> &taken = m_seeds[node.kind];
    qint64 seed = seedOf(node, *field);
    if (taken.contains(seed)) {
        for (seed = 1; taken.contains(seed);)
            ++seed;
        node.config[kSeed] = seed;
    }
    taken.insert(seed);
    return node;
}

policy::Group FreshNames::renamed(policy::Group group)
{
    int number = 1;
    while (m_groupIds.contains(u"g%1"_s.arg(number)))
        ++number;
    group.id = u"g%1"_s.arg(number);
    m_groupIds.insert(group.id);
    const QString title = group.title;
    for (number = 2; m_groupTitles.contains(group.title); ++number)
        group.title = u"%1 %2"_s.arg(title).arg(number);
    m_groupTitles.insert(group.title);
    return group;
}

// The title itself, else one with a number: a title that the kind gave counts on ("Split 1",
// "Split 2"), one of the user's is left whole ("GPT 4", "GPT 4 2").
QString FreshNames::freeTitle(const policy::Node &node) const
{
    if (!m_titles.contains(node.title))
        return node.title;
    const policy::NodeKind *kind = policy::nodeKind(node.kind);
    static const QRegularExpression numbered(u" \\d+$"_s);
    QString base = node.title;
    base.remove(numbered);
    if (!kind || base != kind->label)
        base = node.title;
    int number = 2;
    while (m_titles.contains(u"%1 %2"_s.arg(base).arg(number)))
        ++number;
    return u"%1 %2"_s.arg(base).arg(number);
}

} // namespace headgate::ui
