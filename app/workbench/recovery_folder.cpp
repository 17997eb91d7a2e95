#include "app/workbench/recovery_folder.h"

#include <QDir>
#include <QFile>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace headgate::workbench {

namespace {

constexpr auto kSuffix = ".recovery"_L1;

// Beside the folder, not in it, so that a folder is locked before it is there. Held for as long as
// the process lives; stale only when it does not.
std::unique_ptr<QLockFile> lockFor(const QString &folder)
{
    auto lock = std::make_unique<QLockFile>(folder + u".lock"_s);
    lock->setStaleLockTime(0);
    lock->tryLock(0);
    return lock;
}

} // namespace

RecoveryFolder::RecoveryFolder(const QString &root)
    : m_root(root)
{
    if (root.isEmpty() || !QDir().mkpath(root))
        return;
    QFile::setPermissions(root, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    m_own = QDir(root).filePath(QUuid::createUuid().toString(QUuid::WithoutBraces));
    m_lock = lockFor(m_own);
    if (isUsable() && !QDir().mkpath(m_own))
        m_lock->unlock();
}

RecoveryFolder::~RecoveryFolder()
{
    for (const Taken &taken : m_taken)
        removeIfEmpty(taken.folder);
    if (isUsable())
        removeIfEmpty(m_own);
}

void RecoveryFolder::removeIfEmpty(const QString &folder) const
{
    QDir().rmdir(folder);
}

QString RecoveryFolder::newFile() const
{
    return QDir(m_own).filePath(QUuid::createUuid().toString(QUuid::WithoutBraces) + kSuffix);
}

QList<RecoveryFolder::Left> RecoveryFolder::takeLeft()
{
    QList<Left> found;
    const QDir root(m_root);
    for (const QString &name : root.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QString folder = root.filePath(name);
        if (folder == m_own)
            continue;
        auto lock = lockFor(folder);
        if (!lock->isLocked())
            continue;
        const QDir files(folder);
        for (const QString &file : files.entryList({u"*"_s + kSuffix}, QDir::Files)) {
            QFile left(files.filePath(file));
            if (!left.open(QIODevice::ReadOnly))
                continue;
            if (auto record = parseRecovery(left.readAll()))
                found.append({left.fileName(), std::move(*record)});
        }
        m_taken.push_back({folder, std::move(lock)});
    }
    std::sort(found.begin(), found.end(),
              [](const Left &a, const Left &b) { return a.record.at < b.record.at; });
    return found;
}

} // namespace headgate::workbench
