#pragma once

#include <QByteArray>
#include <QSettings>
#include <QStringList>

namespace headgate::ui {

// One setting: where it is kept and what holds until somebody sets it.
template<typename T>
struct SettingKey
{
    const char *name;
    T fallback;
};

// Every setting of the workbench.
namespace settings {
inline const SettingKey<QByteArray> kWindowGeometry{"window/geometry", {}};
inline const SettingKey<QString> kSession{"window/session", {}};
inline const SettingKey<QByteArray> kBuildLayout{"window/build_layout", {}};
inline const SettingKey<QByteArray> kAskLayout{"window/ask_layout", {}};
inline const SettingKey<int> kMode{"window/mode", -1};                 // -1: never chosen
inline const SettingKey<QString> kScheme{"window/scheme", {}};         // empty: as the system
inline const SettingKey<QStringList> kRecentFiles{"files/recent", {}}; // newest first
inline const SettingKey<QStringList> kPinnedFiles{"files/pinned", {}}; // of the recent ones
inline const SettingKey<QStringList> kLearned{"home/learned", {}};
inline const SettingKey<bool> kProviderHintDismissed{"home/provider_hint_dismissed", false};
inline const SettingKey<QStringList> kRecentCommands{"commands/recent", {}}; // ids, newest first
inline const SettingKey<QStringList> kChangedKeys{"keys/changed", {}}; // "id=Ctrl+K; F2" each
inline const SettingKey<QStringList> kFavouriteKinds{"palette/favourites", {}}; // kinds of nodes
inline const SettingKey<QStringList> kRecentKinds{"palette/recent", {}};        // newest first
inline const SettingKey<bool> kReducedMotion{"window/reduced_motion", false}; // else as the system
inline const SettingKey<bool> kWheelScrolls{"canvas/wheel_scrolls", false}; // else it zooms
// Which badges nodes show: "all", "cost", "time", "hover", "none".
inline const SettingKey<QString> kBadges{"canvas/badges", {}}; // empty: all
} // namespace settings

constexpr int kSettingsVersion = 1;

// The user's settings in one file with a version; older ones are migrated when it opens. A file
// of a newer version is read, never written.
class Settings final
{
public:
    // The user's own file.
    Settings();
    explicit Settings(const QString &path);

    template<typename T>
    T get(const SettingKey<T> &key) const
    {
        return m_store.value(QLatin1StringView(key.name), QVariant::fromValue(key.fallback))
            .template value<T>();
    }
    template<typename T>
    void set(const SettingKey<T> &key, const T &value)
    {
        if (!m_readOnly)
            m_store.setValue(QLatin1StringView(key.name), QVariant::fromValue(value));
    }
    bool isReadOnly() const { return m_readOnly; }

    // Puts the file first among the recent ones; at most ten are kept, pinned ones always.
    void addRecentFile(const QString &path);
    void removeRecentFile(const QString &path); // pinned or not
    void pinRecentFile(const QString &path, bool pinned);
    void clearRecentFiles(); // but for the pinned ones

private:
    void migrate();

    QSettings m_store;
    bool m_readOnly = false;
};

} // namespace headgate::ui
