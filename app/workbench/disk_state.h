#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

namespace headgate::workbench {

// What a file held when it was last read or written by us: by this it is told whether somebody
// else has written it since.
class DiskState final
{
public:
    enum class Change { None, Changed, Deleted };

    DiskState() = default; // of no file
    static DiskState of(const QString &path);

    // Compares sizes and times first and reads the file only where they differ; `byContent` reads
    // it always. A file that was merely touched has not changed.
    Change changeOf(const QString &path, bool byContent) const;

    bool operator==(const DiskState &) const = default;

private:
    bool m_exists = false;
    qint64 m_size = 0;
    QDateTime m_modified;
    QByteArray m_digest; // of the contents
};

} // namespace headgate::workbench
