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
    void stop();

Q_SIGNALS:
    void pulled(QPoint pixels);

private:
    QTimer *m_timer = nullptr;
    QPoint m_pull;
};

} // namespace headgate::ui
