#pragma once

#include "app/workbench/recovery_record.h"

#include <QLockFile>

#include <memory>
#include <vector>

namespace headgate::workbench {

// Where the recovery files of one running window lie: a folder of its own below `root`, locked by
// the process, so that a second one takes them only once this one is gone.
class RecoveryFolder final
{
public:
    explicit RecoveryFolder(const QString &root); // empty: nothing is kept
    ~RecoveryFolder();                            // an empty folder goes, what is in it stays
    Q_DISABLE_COPY_MOVE(RecoveryFolder)

    // False where nothing can be kept: then no other call is made.
    bool isUsable() const { return m_lock && m_lock->isLocked(); }
    QString newFile() const; // a name that is free

    struct Left
    {
        QString file;
        RecoveryRecord record;
    };
    // What processes that have ended left, oldest first. Their folders belong to this one from now
    // on; what is still there when it ends is offered again. Files that cannot be read stay.
    QList<Left> takeLeft();

private:
    void removeIfEmpty(const QString &folder) const;

    QString m_root;
    QString m_own; // a folder below the root
    std::unique_ptr<QLockFile> m_lock;
    struct Taken
    {
        QString folder;
        std::unique_ptr<QLockFile> lock;
    };
    std::vector<Taken> m_taken;
};

} // namespace headgate::workbench
