#pragma once

#include <QObject>
#include <QPoint>
#include <QRect>

class QTimer;

namespace headgate::ui {

// Scrolls on while something is dragged at the edge of a view, or beyond it: the nearer, the
// faster. Says by how much; the owner scrolls.
class EdgePanner final : public QObject
{
    Q_OBJECT
public:
    explicit EdgePanner(QObject *parent = nullptr);

    void follow(QPoint place, const QRect &room); // pixels of the view
    // The same for what comes in over the edge: it pulls once it has been away from there.
    void followFromOutside(QPoint place, const QRect &room);
    void stop();

Q_SIGNALS:
    void pulled(QPoint pixels);

private:
    QTimer *m_timer = nullptr;
    QPoint m_pull;
    bool m_inside = false; // has been away from the edge since stop()
};

} // namespace headgate::ui
