#pragma once

#include <QObject>
#include <QStringList>

namespace headgate::ui {

class Settings;

// Which kinds of nodes the user likes, and which were added last: lists rank by it. Kept in the
// settings once it has some.
class KindUsage final : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    void useSettings(Settings &settings); // outlives it; what they hold replaces what is here

    const QStringList &favourites() const { return m_favourites; }
    bool isFavourite(const QString &kind) const { return m_favourites.contains(kind); }
    void setFavourite(const QString &kind, bool favourite);

    void noteUse(const QString &kind);
    // 0 for the favourites, then 1 for the kind used last, 2, …; the largest for the rest.
    int rank(const QString &kind) const;

Q_SIGNALS:
    void favouritesChanged();

private:
    Settings *m_settings = nullptr;
    QStringList m_favourites;
    QStringList m_recent; // newest first
};

} // namespace headgate::ui
