#include "app/workbench/fleet_menu.h"

#include "ui/common/query_service.h"

#include <QActionGroup>
#include <QMenu>

#include <array>

using namespace Qt::StringLiterals;

namespace headgate::workbench {

using simulation::Fault;

namespace {

constexpr std::array kFaults{Fault::None, Fault::Slow,         Fault::RateLimited,
                             Fault::Down, Fault::CutMidStream, Fault::Garbage};

QString label(Fault fault)
{
    switch (fault) {
    case Fault::None:
        return FleetMenu::tr("Works");
    case Fault::Slow:
        return FleetMenu::tr("Slow");
    case Fault::RateLimited:
        return FleetMenu::tr("Rate limited");
    case Fault::Down:
        return FleetMenu::tr("Down");
    case Fault::CutMidStream:
        return FleetMenu::tr("Cuts its answers");
    case Fault::Garbage:
        return FleetMenu::tr("Answers garbage");
    }
    Q_UNREACHABLE();
}

QString predicate(const QString &provider, Fault fault)
{
    switch (fault) {
    case Fault::None:
        return {};
    case Fault::Slow:
        return FleetMenu::tr("%1 is slow").arg(provider);
    case Fault::RateLimited:
        return FleetMenu::tr("%1 is rate limited").arg(provider);
    case Fault::Down:
        return FleetMenu::tr("%1 is down").arg(provider);
    case Fault::CutMidStream:
        return FleetMenu::tr("%1 cuts its answers").arg(provider);
    case Fault::Garbage:
        return FleetMenu::tr("%1 answers garbage").arg(provider);
    }
    Q_UNREACHABLE();
}

QStringList fleetProviders()
{
    QStringList providers;
    for (const catalog::CatalogEntry &entry : simulation::SimulatedFleet::catalogEntries()) {
        if (!providers.contains(entry.provider))
            providers.append(entry.provider);
    }
    return providers;
}

} // namespace

FleetMenu::FleetMenu(ui::QueryService &queries, QMenu &menu, QObject *parent)
    : QObject(parent)
    , m_queries(queries)
{
    for (const QString &provider : fleetProviders())
        addProvider(provider, menu);
    connect(&queries, &ui::QueryService::opened, this, &FleetMenu::applyAll);
}

void FleetMenu::addProvider(const QString &provider, QMenu &menu)
{
    QMenu *own = menu.addMenu(provider);
    auto *group = new QActionGroup(this);
    for (const Fault fault : kFaults) {
        QAction *action = own->addAction(label(fault));
        action->setObjectName(u"fault_%1_%2"_s.arg(provider).arg(int(fault)));
        action->setCheckable(true);
        action->setChecked(fault == Fault::None);
        group->addAction(action);
        connect(action, &QAction::triggered, this,
                [this, provider, fault] { choose(provider, fault); });
    }
}

void FleetMenu::choose(const QString &provider, Fault fault)
{
    if (fault == Fault::None)
        m_faults.remove(provider);
    else
        m_faults.insert(provider, fault);
    if (simulation::SimulatedFleet *fleet = m_queries.fleet())
        fleet->setFault(provider, fault);
    Q_EMIT changed();
}

void FleetMenu::applyAll()
{
    simulation::SimulatedFleet *fleet = m_queries.fleet();
    for (auto it = m_faults.cbegin(); fleet && it != m_faults.cend(); ++it)
        fleet->setFault(it.key(), it.value());
}

QString FleetMenu::sentence() const
{
    QStringList parts;
    for (auto it = m_faults.cbegin(); it != m_faults.cend(); ++it)
        parts.append(predicate(it.key(), it.value()));
    return parts.join(u" · "_s);
}

} // namespace headgate::workbench
