#pragma once

#include "core/common/result.h"
#include "core/policy/policy_document.h"

#include <QDateTime>

namespace headgate::workbench {

// A policy as it stood at some moment between two saves: what a recovery file holds.
struct RecoveryRecord
{
    QString path;   // of the policy's own file; empty: it was never saved
    QString source; // the path, or the example that it is a copy of (":/…"); may be empty
    QString name;   // by which the user knows it
    QDateTime at;
    int edits = 0; // since it was last saved
    policy::PolicyDocument document;

    bool operator==(const RecoveryRecord &) const = default;
};

// A line of JSON, then the policy as it would have been saved, byte for byte, but for keys: these
// are taken out, since nobody was asked.
QByteArray formatRecovery(const RecoveryRecord &record);
// Refuses what is cut, foreign or of a newer version.
Result<RecoveryRecord> parseRecovery(const QByteArray &text);

} // namespace headgate::workbench
