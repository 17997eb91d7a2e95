#pragma once

#include "ui/evaluate/measured_policy.h"
#include "ui/evaluate/policy_history.h"

#include <QPointer>

namespace headgate::ui {

class PolicyMeter;

// What each step of the current document came to on the outcomes, measured in the background.
class HistoryScores final : public QObject
{
    Q_OBJECT
public:
    struct Score
    {
        int index = 0; // of the undo stack
        QString text;
        bool isCurrent = false;
        MeasuredPolicyPtr measured{}; // nullptr: not yet, or what was there is not known any more
    };

    explicit HistoryScores(PolicyMeter &meter, QObject *parent = nullptr); // outlives the scores

    void setHistory(PolicyHistory *history); // of the current document; nullptr: none
    void measureAll();                       // the outcomes are others
    QList<Score> scores() const;             // by rising index

Q_SIGNALS:
    void changed();

private:
    void ask();
    void take(const QString &name, const MeasuredPolicyPtr &result);

    PolicyMeter &m_meter;
    QPointer<PolicyHistory> m_history;
    QHash<PolicyPtr, MeasuredPolicyPtr> m_measured; // null while it is asked for
};

} // namespace headgate::ui
