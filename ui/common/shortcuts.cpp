#include "ui/common/shortcuts.h"

#include "ui/common/settings.h"

#include <QAction>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

QList<QKeySequence> keysOf(const QString &text)
{
    return text.isEmpty() ? QList<QKeySequence>()
                          : QKeySequence::listFromString(text, QKeySequence::PortableText);
}

} // namespace

QString plainActionText(const QString &text)
{
    QString plain = text;
    plain.replace("&&"_L1, "\x01"_L1).remove(u'&').replace("\x01"_L1, "&"_L1);
    while (plain.endsWith(u'…') || plain.endsWith(u'.'))
        plain.chop(1);
    return plain.trimmed();
}

Shortcuts::Shortcuts(Settings &settings, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
{
    for (const QString &line : settings.get(settings::kChangedKeys)) {
        const qsizetype split = line.indexOf(u'=');
        if (split > 0)
            m_changed.insert(line.left(split), keysOf(line.mid(split + 1)));
    }
}

void Shortcuts::add(const QString &section, QAction *action, Reach reach)
{
    Q_ASSERT(!action->objectName().isEmpty());
    const auto same = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry &entry) {
        return entry.id == action->objectName();
    });
    if (same != m_entries.end()) {
        same->actions.removeAll(nullptr);
        same->actions.append(action);
        action->setShortcuts(keys(same->id));
        return;
    }
    m_entries.append({action->objectName(), section, plainActionText(action->text()), reach,
                      action->shortcuts(), {action}});
    apply(m_entries.last());
}

const Shortcuts::Entry *Shortcuts::find(const QString &id) const
{
    const auto found = std::find_if(m_entries.cbegin(), m_entries.cend(),
                                    [&id](const Entry &entry) { return entry.id == id; });
    return found == m_entries.cend() ? nullptr : &*found;
}

QList<QKeySequence> Shortcuts::keys(const QString &id) const
{
    const Entry *entry = find(id);
    return m_changed.value(id, entry ? entry->defaults : QList<QKeySequence>());
}

bool Shortcuts::isChanged(const QString &id) const
{
    return m_changed.contains(id);
}

std::optional<Shortcuts::Entry> Shortcuts::conflict(const QString &id,
                                                    const QKeySequence &wanted) const
{
    for (const Entry &entry : m_entries) {
        if (entry.id != id && keys(entry.id).contains(wanted))
            return entry;
    }
    return std::nullopt;
}

void Shortcuts::setKeys(const QString &id, const QList<QKeySequence> &wanted)
{
    const Entry *entry = find(id);
    if (!entry || keys(id) == wanted)
        return;
    if (wanted == entry->defaults)
        m_changed.remove(id);
    else
        m_changed.insert(id, wanted);
    apply(*entry);
    save();
    Q_EMIT changed();
}

void Shortcuts::reset(const QString &id)
{
    if (const Entry *entry = find(id))
        setKeys(id, QList<QKeySequence>(entry->defaults));
}

void Shortcuts::resetAll()
{
    m_changed.clear();
    for (const Entry &entry : std::as_const(m_entries))
        apply(entry);
    save();
    Q_EMIT changed();
}

void Shortcuts::apply(const Entry &entry)
{
    for (const QPointer<QAction> &action : entry.actions) {
        if (action)
            action->setShortcuts(keys(entry.id));
    }
}

void Shortcuts::save()
{
    QStringList lines;
    for (auto it = m_changed.cbegin(); it != m_changed.cend(); ++it)
        lines.append(it.key() + u'=' +
                     QKeySequence::listToString(it.value(), QKeySequence::PortableText));
    m_settings.set(settings::kChangedKeys, lines);
}

} // namespace headgate::ui
