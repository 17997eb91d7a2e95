#include "ui/evaluate/history_scores.h"

#include "ui/evaluate/policy_meter.h"

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

QString nameOfStep(const PolicyPtr &policy)
{
    return u"step:%1"_s.arg(quintptr(policy.get()), 0, 16);
}

} // namespace

HistoryScores::HistoryScores(PolicyMeter &meter, QObject *parent)
    : QObject(parent)
    , m_meter(meter)
{
    connect(&meter, &PolicyMeter::measured, this, &HistoryScores::take);
}

void HistoryScores::setHistory(PolicyHistory *history)
{
    if (m_history == history)
        return;
    if (m_history)
        m_history->disconnect(this);
    m_history = history;
    m_measured.clear();
    if (history)
        connect(history, &PolicyHistory::changed, this, &HistoryScores::ask);
    ask();
}

void HistoryScores::measureAll()
{
    m_measured.clear();
    ask();
}

void HistoryScores::ask()
{
    QHash<PolicyPtr, MeasuredPolicyPtr> measured;
    if (m_history) {
        for (const PolicyHistory::Step &step : m_history->steps()) {
            if (!step.policy || measured.contains(step.policy))
                continue;
            const bool isAsked = m_measured.contains(step.policy);
            measured.insert(step.policy, m_measured.value(step.policy));
            if (!isAsked)
                m_meter.measure(nameOfStep(step.policy), *step.policy);
        }
    }
    m_measured = std::move(measured); // what is on the stack no longer is let go
    Q_EMIT changed();
}

void HistoryScores::take(const QString &name, const MeasuredPolicyPtr &result)
{
    for (auto each = m_measured.begin(); each != m_measured.end(); ++each) {
        if (nameOfStep(each.key()) != name)
            continue;
        each.value() = result;
        Q_EMIT changed();
        return;
    }
}

QList<HistoryScores::Score> HistoryScores::scores() const
{
    QList<Score> scores;
    if (!m_history)
        return scores;
    for (const PolicyHistory::Step &step : m_history->steps())
        scores.append({step.index, step.text, step.index == m_history->current(),
                       step.policy ? m_measured.value(step.policy) : nullptr});
    return scores;
}

} // namespace headgate::ui
