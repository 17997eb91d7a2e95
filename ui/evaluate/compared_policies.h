#pragma once

#include "ui/evaluate/measured_policy.h"

#include <QObject>

namespace headgate::ui {

class PolicyMeter;

// A policy by the name that the user knows it by.
struct NamedPolicy
{
    QString id; // unique among those that are handed over together
    QString name;
    policy::PolicyDocument document;
};

// The policies that stand beside the current one: the other open documents, and those that were
// opened to be compared. Each is measured in the background.
class ComparedPolicies final : public QObject
{
    Q_OBJECT
public:
    struct Entry
    {
        NamedPolicy policy;
        bool isOpen = false; // a document that is open here; else opened for this alone
        bool isShown = true;
        MeasuredPolicyPtr measured{}; // nullptr until it is
    };

    explicit ComparedPolicies(PolicyMeter &meter, QObject *parent = nullptr); // outlives this

    void setOpen(const QList<NamedPolicy> &open); // all of them, as they are now
    void add(const QString &name, const policy::PolicyDocument &document);
    void remove(const QString &id); // of one that is not open
    void setShown(const QString &id, bool shown);
    void measureAll(); // the outcomes are others
    const QList<Entry> &entries() const { return m_entries; }

Q_SIGNALS:
    void changed();

private:
    void take(const QString &name, const MeasuredPolicyPtr &result);
    void measure(Entry &entry);
    Entry *find(const QString &id);

    PolicyMeter &m_meter;
    QList<Entry> m_entries;
    int m_added = 0;
};

} // namespace headgate::ui
