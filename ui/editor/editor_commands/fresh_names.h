#pragma once

#include "core/policy/policy_document.h"

#include <QSet>

namespace headgate::ui {

// Gives nodes and groups that come into a document what no other there has: id, title, and a seed
// where the kind draws lots, for two of the same seed would always draw the same.
class FreshNames
{
public:
    explicit FreshNames(const policy::PolicyDocument &document);

    policy::Node renamed(policy::Node node);
    // The seed alone, for a node that has id and title of its own.
    policy::Node seeded(policy::Node node);
    policy::Group renamed(policy::Group group);

private:
    QString freeTitle(const policy::Node &node) const;

    QSet<QString> m_titles;
    QSet<QString> m_groupIds;
    QSet<QString> m_groupTitles;
    QHash<QString, QSet<qint64>> m_seeds; // by kind
    qint64 m_highest = 0;                 // number of an id
};

} // namespace headgate::ui
