#include "ui/common/settings.h"

#include <array>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr auto kVersionKey = "version"_L1;
constexpr qsizetype kRecentFileLimit = 10;

// [n] lifts version n + 1 to n + 2.
using Migration = void (*)(QSettings &);
constexpr std::array<Migration, kSettingsVersion - 1> kMigrations{};

} // namespace

Settings::Settings()
    : m_store(QSettings::IniFormat, QSettings::UserScope, u"headgate"_s, u"headgate"_s)
{
    migrate();
}

Settings::Settings(const QString &path)
    : m_store(path, QSettings::IniFormat)
{
    migrate();
}

void Settings::migrate()
{
    const int version = m_store.value(kVersionKey, 0).toInt();
    m_readOnly = version > kSettingsVersion;
    if (m_readOnly)
        return;
    for (int lifted = std::max(version, 1); lifted < kSettingsVersion; ++lifted)
        kMigrations[size_t(lifted - 1)](m_store);
    if (version != kSettingsVersion) // every write costs the start a file
        m_store.setValue(kVersionKey, kSettingsVersion);
}

void Settings::addRecentFile(const QString &path)
{
    QStringList recent = get(settings::kRecentFiles);
    recent.removeAll(path);
    recent.prepend(path);
    const QStringList pinned = get(settings::kPinnedFiles);
    qsizetype kept = 0;
    recent.removeIf(
        [&](const QString &each) { return ++kept > kRecentFileLimit && !pinned.contains(each); });
    set(settings::kRecentFiles, recent);
}

void Settings::removeRecentFile(const QString &path)
{
    QStringList recent = get(settings::kRecentFiles);
    recent.removeAll(path);
    set(settings::kRecentFiles, recent);
    pinRecentFile(path, false);
}

void Settings::pinRecentFile(const QString &path, bool pinned)
{
    QStringList all = get(settings::kPinnedFiles);
    all.removeAll(path);
    if (pinned)
        all.append(path);
    set(settings::kPinnedFiles, all);
}

void Settings::clearRecentFiles()
{
    const QStringList pinned = get(settings::kPinnedFiles);
    QStringList recent = get(settings::kRecentFiles);
    recent.removeIf([&](const QString &each) { return !pinned.contains(each); });
    set(settings::kRecentFiles, recent);
}

} // namespace headgate::ui
