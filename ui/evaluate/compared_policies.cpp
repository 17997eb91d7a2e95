#include "ui/evaluate/compared_policies.h"

#include "ui/evaluate/policy_meter.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

const QString kPrefix = u"other:"_s; // of what the meter knows them by

} // namespace

ComparedPolicies::ComparedPolicies(PolicyMeter &meter, QObject *parent)
    : QObject(parent)
    , m_meter(meter)
{
    connect(&meter, &PolicyMeter::measured, this, &ComparedPolicies::take);
}

ComparedPolicies::Entry *ComparedPolicies::find(const QString &id)
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&id](const Entry &each) { return each.policy.id == id; });
    return found == m_entries.end() ? nullptr : &*found;
}

void ComparedPolicies::measure(Entry &entry)
{
    m_meter.measure(kPrefix + entry.policy.id, entry.policy.document);
}

void ComparedPolicies::setOpen(const QList<NamedPolicy> &open)
{
    QList<Entry> entries;
    bool isOther = false;
    for (const NamedPolicy &policy : open) {
        Entry *there = find(policy.id);
        Entry entry = there ? *there : Entry{.policy = policy, .isOpen = true};
        const bool isSame = there && there->policy.document == policy.document;
        isOther = isOther || !isSame || there->policy.name != policy.name;
        entry.policy = policy;
        if (!isSame)
            measure(entry);
        entries.append(entry);
    }
    for (const Entry &entry : std::as_const(m_entries)) {
        if (!entry.isOpen)
            entries.append(entry);
    }
    isOther = isOther || entries.size() != m_entries.size();
    m_entries = entries;
    if (isOther)
        Q_EMIT changed();
}

void ComparedPolicies::add(const QString &name, const policy::PolicyDocument &document)
{
    Entry entry{.policy = {u"added:%1"_s.arg(++m_added), name, document}};
    measure(entry);
    m_entries.append(entry);
    Q_EMIT changed();
}

void ComparedPolicies::remove(const QString &id)
{
    m_entries.removeIf([&id](const Entry &each) { return each.policy.id == id && !each.isOpen; });
    Q_EMIT changed();
}

void ComparedPolicies::setShown(const QString &id, bool shown)
{
    if (Entry *entry = find(id)) {
        entry->isShown = shown;
        Q_EMIT changed();
    }
}

void ComparedPolicies::measureAll()
{
    for (Entry &entry : m_entries) {
        entry.measured.reset();
        measure(entry);
    }
}

void ComparedPolicies::take(const QString &name, const MeasuredPolicyPtr &result)
{
    if (!name.startsWith(kPrefix))
        return;
    if (Entry *entry = find(name.sliced(kPrefix.size()))) {
        entry->measured = result;
        Q_EMIT changed();
    }
}

} // namespace headgate::ui
