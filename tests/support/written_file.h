#pragma once

#include <QByteArray>
#include <QString>
#include <QTemporaryDir>

namespace headgate::test {

// Files that a test reads back: each has a name of its own in a folder that goes with this object.
// Fails the whole test where one cannot be written.
class WrittenFiles
{
public:
    // Its path; `name` may tell readers what it is ("table.csv").
    QString write(const QByteArray &bytes, const QString &name = {});
    QString writeGzip(const QByteArray &bytes, const QString &name = {});
    QString pathOf(const QString &name) const { return m_folder.filePath(name); }

private:
    QString freePath(const QString &name);

    QTemporaryDir m_folder;
    int m_written = 0;
};

QByteArray gzipped(const QByteArray &bytes);

} // namespace headgate::test
