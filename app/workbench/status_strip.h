#pragma once

#include "ui/common/query_service.h"

#include <QStatusBar>

class QLabel;

namespace headgate::ui {
class Announcer;
class StatusTag;
class Theme;
} // namespace headgate::ui

namespace headgate::workbench {

// The window's status bar: origin, policy, what the session came to, zoom.
class StatusStrip final : public QStatusBar
{
    Q_OBJECT
public:
    explicit StatusStrip(const ui::Theme &theme, QWidget *parent = nullptr); // outlives the strip

    void setOrigin(ui::Origin origin);
    void setPolicy(const QString &name, bool edited, bool readOnly);
    void setSession(const ui::SessionTotals &simulated, const ui::SessionTotals &live);
    // How much of the drawing measured outcomes reach; none: nothing is measured.
    void setCoverage(std::optional<double> share, const QString &explanation = {});
    void setRunning(bool running);
    void setJobs(int active); // that run, or are paused
    void say(const QString &sentence);          // what has just happened, for a while
    void setFleet(const QString &faults);       // of the simulated fleet; empty: all works
    void setZoom(std::optional<double> factor); // none: the view has no zoom

private:
    ui::StatusTag *m_tag = nullptr;
    QLabel *m_policy = nullptr;
    QLabel *m_coverage = nullptr;
    QLabel *m_session = nullptr;
    QLabel *m_running = nullptr;
    QLabel *m_jobs = nullptr;
    ui::Announcer *m_announcer = nullptr;
    QLabel *m_fleet = nullptr;
    QLabel *m_zoom = nullptr;
};

// "session: 6 queries · $0.0031 · saved $0.0142"; the two origins side by side where both ran.
QString sessionText(const ui::SessionTotals &simulated, const ui::SessionTotals &live);

} // namespace headgate::workbench
