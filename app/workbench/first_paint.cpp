#include "app/workbench/first_paint.h"

#include <QEvent>
#include <QTimer>
#include <QWidget>

namespace headgate::workbench {

namespace {

class FirstPaintFilter final : public QObject
{
public:
    FirstPaintFilter(QWidget &window, std::function<void()> then)
        : QObject(&window)
        , m_then(std::move(then))
    {
        window.installEventFilter(this);
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && m_then) {
            // The paint is flushed before the event loop turns again.
            QTimer::singleShot(0, watched, std::exchange(m_then, {}));
            deleteLater();
        }
        return false;
    }

private:
    std::function<void()> m_then;
};

} // namespace

void afterFirstPaint(QWidget &window, std::function<void()> then)
{
    new FirstPaintFilter(window, std::move(then));
}

} // namespace headgate::workbench
