#pragma once

#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QPointer>

#include <optional>

class QAction;

namespace headgate::ui {

class Settings;

// Every action whose keys the user may change. Keeps what was changed in the settings and applies
// it to each action that is added, also to a second one of the same id (another document's).
// Settings and, while they live, actions are the caller's.
class Shortcuts final : public QObject
{
    Q_OBJECT
public:
    // Where the keys act: two actions of the canvas and of the window must not share one.
    enum class Reach { Window, Canvas };

    struct Entry
    {
        QString id;      // the action's objectName
        QString section; // of the lists: "File", "Drawing"
        QString text;    // without mnemonics and dots
        Reach reach = Reach::Window;
        QList<QKeySequence> defaults;
        QList<QPointer<QAction>> actions;
    };

    explicit Shortcuts(Settings &settings, QObject *parent = nullptr);

    // The keys that the action has now are its defaults. Asserts that it has an objectName.
    void add(const QString &section, QAction *action, Reach reach = Reach::Window);

    const QList<Entry> &entries() const { return m_entries; }
    QList<QKeySequence> keys(const QString &id) const; // as they are now
    bool isChanged(const QString &id) const;
    // The other entry that the keys belong to already.
    std::optional<Entry> conflict(const QString &id, const QKeySequence &keys) const;

    void setKeys(const QString &id, const QList<QKeySequence> &keys);
    void reset(const QString &id);
    void resetAll();

Q_SIGNALS:
    void changed();

private:
    const Entry *find(const QString &id) const;
    void apply(const Entry &entry);
    void save();

    Settings &m_settings;
    QList<Entry> m_entries; // in the order in which they were added
    QMap<QString, QList<QKeySequence>> m_changed; // by id; also of actions that are not there yet
};

// "Save as" of "Save &as…".
QString plainActionText(const QString &text);

} // namespace headgate::ui
