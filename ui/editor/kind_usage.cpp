#include "ui/editor/kind_usage.h"

#include "ui/common/settings.h"

#include <limits>

namespace headgate::ui {

namespace {

constexpr qsizetype kRecentKinds = 5;

} // namespace

void KindUsage::useSettings(Settings &settings)
{
    m_settings = &settings;
    m_favourites = settings.get(settings::kFavouriteKinds);
    m_recent = settings.get(settings::kRecentKinds);
    Q_EMIT favouritesChanged();
}

void KindUsage::setFavourite(const QString &kind, bool favourite)
{
    if (isFavourite(kind) == favourite)
        return;
    if (favourite)
        m_favourites.append(kind);
    else
        m_favourites.removeAll(kind);
    if (m_settings)
        m_settings->set(settings::kFavouriteKinds, m_favourites);
    Q_EMIT favouritesChanged();
}

void KindUsage::noteUse(const QString &kind)
{
    if (m_recent.value(0) == kind)
        return;
    m_recent.removeAll(kind);
    m_recent.prepend(kind);
    m_recent = m_recent.mid(0, kRecentKinds);
    if (m_settings)
        m_settings->set(settings::kRecentKinds, m_recent);
}

int KindUsage::rank(const QString &kind) const
{
    if (isFavourite(kind))
        return 0;
    const qsizetype place = m_recent.indexOf(kind);
    return place < 0 ? std::numeric_limits<int>::max() : int(place) + 1;
}

} // namespace headgate::ui
