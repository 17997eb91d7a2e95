#pragma once

#include <QObject>

class QDBusVariant;

namespace headgate::ui {

// Whether the desktop is dark. At first the palette that the platform gave to the application
// says so; where a desktop portal answers on the session bus, its word counts and its changes are
// followed. Never waits for the bus.
class SystemScheme final : public QObject
{
    Q_OBJECT
public:
    // Made before the application's palette is replaced.
    explicit SystemScheme(QObject *parent = nullptr);

    bool isDark() const { return m_dark; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void settingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void askPortal();
    void setPreference(uint preference); // as org.freedesktop.appearance: 1 dark, 2 light

    bool m_dark = false;
};

} // namespace headgate::ui
