#include "app/workbench/disk_state.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

namespace headgate::workbench {

DiskState DiskState::of(const QString &path)
{
    DiskState state;
    QFile file(path);
    if (path.isEmpty() || !file.open(QIODevice::ReadOnly))
        return state;
    const QFileInfo info(path);
    QCryptographicHash hash(QCryptographicHash::Sha1);
    hash.addData(&file);
    state.m_exists = true;
    state.m_size = info.size();
    state.m_modified = info.lastModified();
    state.m_digest = hash.result();
    return state;
}

DiskState::Change DiskState::changeOf(const QString &path, bool byContent) const
{
    if (path.isEmpty())
        return Change::None;
    const QFileInfo info(path);
    if (!info.exists())
        return m_exists ? Change::Deleted : Change::None;
    if (!byContent && m_exists && info.size() == m_size && info.lastModified() == m_modified)
        return Change::None;
    return of(path).m_digest == m_digest ? Change::None : Change::Changed;
}

} // namespace headgate::workbench
