#pragma once

#include "core/simulation/simulated_fleet.h"

#include <QMap>
#include <QObject>

class QMenu;

namespace headgate::ui {
class QueryService;
}

namespace headgate::workbench {

// The switches of the simulated fleet: what each of its providers does wrong from the next request
// on, so that failover can be seen without an outage.
class FleetMenu final : public QObject
{
    Q_OBJECT
public:
    // Adds its entries to the menu. Service and menu outlive it.
    FleetMenu(ui::QueryService &queries, QMenu &menu, QObject *parent = nullptr);

    // "sim-aviary is down"; empty while all work.
    QString sentence() const;

Q_SIGNALS:
    void changed();

private:
    void addProvider(const QString &provider, QMenu &menu);
    void choose(const QString &provider, simulation::Fault fault);
    void applyAll();

    ui::QueryService &m_queries;
    QMap<QString, simulation::Fault> m_faults; // chosen; those that work are left out
};

} // namespace headgate::workbench
