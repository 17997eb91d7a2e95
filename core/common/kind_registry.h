#pragma once

#include <QMap>
#include <QStringList>

namespace headgate {

// What there is of each kind, by the kind's name: a factory, or a factory with its description.
// The registries of routers, scorers and graders are this, and each adds its own words.
template<typename Entry>
class KindRegistry
{
public:
    // Asserts that the kind is new.
    void add(const QString &kind, Entry entry)
    {
        Q_ASSERT(!m_entries.contains(kind));
        m_entries.insert(kind, std::move(entry));
    }
    // nullptr for a kind that nobody added.
    const Entry *find(const QString &kind) const
    {
        const auto found = m_entries.constFind(kind);
        return found == m_entries.cend() ? nullptr : &*found;
    }
    QStringList kinds() const { return m_entries.keys(); }

private:
    QMap<QString, Entry> m_entries; // ordered: menus and error texts list kinds stably
};

} // namespace headgate
