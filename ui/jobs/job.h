#pragma once

#include <QObject>
#include <QString>
#include <QStringList>

#include <optional>

namespace headgate::ui {

// Work that takes long and runs on: what the Jobs dock lists. Lives on the GUI thread and never
// blocks it.
class Job : public QObject
{
    Q_OBJECT
public:
    enum class State { Running, Paused, Stopping, Ended };

    using QObject::QObject;

    virtual QString title() const = 0;
    virtual State state() const = 0;
    // In [0, 1]; none: not known yet.
    virtual std::optional<double> share() const = 0;
    // How far it is and what it has spent; once it has ended, what it came to.
    virtual QString figures() const = 0;
    // What went wrong so far, a line each.
    virtual QStringList troubles() const = 0;
    // What going on would be called ("Resume", "Retry failed"); empty: nothing is left to do.
    virtual QString goingOn() const = 0;

    virtual void setPaused(bool paused) = 0;
    virtual void stop() = 0;
    virtual void goOn() = 0; // of a job that has ended

    bool isActive() const { return state() != State::Ended; }

Q_SIGNALS:
    void changed();
    void ended();
};

} // namespace headgate::ui
