#include "ui/savings/savings_filter_bar.h"

#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

QComboBox *makeCombo(const QString &name, const QString &objectName, QWidget *parent)
{
    auto *combo = new QComboBox(parent);
    combo->setObjectName(objectName);
    combo->setAccessibleName(name);
    combo->setToolTip(name);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    return combo;
}

} // namespace

SavingsFilterBar::SavingsFilterBar(QWidget *parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
    , m_period(makeCombo(tr("Period"), u"period"_s, this))
    , m_policy(makeCombo(tr("Policy"), u"policy"_s, this))
    , m_origin(makeCombo(tr("Origin of the figures"), u"origin"_s, this))
{
    setRole(this, Role::ToolBar);
    setFixedHeight(Theme::kToolBarHeight);
    m_row->setContentsMargins(12, 0, 12, 0);
    m_row->setSpacing(8);
    for (const Period period : {Period::Today, Period::Week, Period::Month, Period::All})
        m_period->addItem(periodName(period), int(period));
    m_policy->addItem(tr("All policies"), QString());
    m_origin->addItem(tr("Origin: simulated"), int(Origin::Simulated));
    m_origin->addItem(tr("Origin: live"), int(Origin::Live));
    for (QComboBox *combo : {m_period, m_policy, m_origin}) {
        m_row->addWidget(combo);
        connect(combo, &QComboBox::activated, this, &SavingsFilterBar::readChoices);
    }
    m_row->addStretch();
    m_period->setCurrentIndex(m_period->findData(int(m_filter.period)));
}

void SavingsFilterBar::setFilter(const SavingsFilter &filter)
{
    m_filter = filter;
    m_period->setCurrentIndex(m_period->findData(int(filter.period)));
    m_policy->setCurrentIndex(std::max(0, m_policy->findData(filter.policyName)));
    Q_EMIT changed();
}

void SavingsFilterBar::setReport(const SavingsReport &report)
{
    m_policy->clear();
    m_policy->addItem(tr("All policies"), QString());
    for (const QString &name : report.policyNames)
        m_policy->addItem(tr("Policy: %1").arg(name), name);
    m_policy->setCurrentIndex(std::max(0, m_policy->findData(m_filter.policyName)));
    m_origin->setCurrentIndex(m_origin->findData(int(report.origin)));
    // With one origin there is nothing to choose.
    m_origin->setEnabled(report.hasSimulated && report.hasLive);
}

void SavingsFilterBar::readChoices()
{
    SavingsFilter chosen = m_filter;
    chosen.period = Period(m_period->currentData().toInt());
    chosen.policyName = m_policy->currentData().toString();
    if (sender() == m_origin)
        chosen.origin = Origin(m_origin->currentData().toInt());
    if (chosen == m_filter)
        return;
    m_filter = chosen;
    Q_EMIT changed();
}

} // namespace headgate::ui
