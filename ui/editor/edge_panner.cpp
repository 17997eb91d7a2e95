#include "ui/editor/edge_panner.h"

#include <QTimer>

namespace headgate::ui {

namespace {

constexpr int kTickMs = 16;
constexpr int kEdge = 28;    // pixels within which the view is pulled
constexpr int kFastest = 18; // pixels a tick

int pull(int place, int low, int high)
{
    const int before = low + kEdge - place;
    const int beyond = place - (high - kEdge);
    if (before > 0)
        return -qMin(kFastest, 1 + before * kFastest / (2 * kEdge));
    if (beyond > 0)
        return qMin(kFastest, 1 + beyond * kFastest / (2 * kEdge));
    return 0;
}

} // namespace

EdgePanner::EdgePanner(QObject *parent)
    : QObject(parent)
    , m_timer(new QTimer(this))
{
    m_timer->setInterval(kTickMs);
    connect(m_timer, &QTimer::timeout, this, [this] { Q_EMIT pulled(m_pull); });
}

void EdgePanner::follow(QPoint place, const QRect &room)
{
    m_pull = {pull(place.x(), room.left(), room.right()),
              pull(place.y(), room.top(), room.bottom())};
    if (m_pull.isNull())
        m_timer->stop();
    else if (!m_timer->isActive())
        m_timer->start();
}

void EdgePanner::followFromOutside(QPoint place, const QRect &room)
{
    m_inside = m_inside || room.adjusted(kEdge, kEdge, -kEdge, -kEdge).contains(place);
    if (m_inside)
        follow(place, room);
}

void EdgePanner::stop()
{
    m_inside = false;
    m_timer->stop();
}

} // namespace headgate::ui
