#include "core/sqlite/file_beginning.h"

#include "core/sqlite/database_error.h"

#include <QFile>
#include <QFileInfo>

#include <sqlite3.h>

#include <cstddef>
#include <memory>
#include <vector>

namespace headgate::sqlite {

namespace {

// Closes what SQLite opened.
struct FileCloser
{
    void operator()(sqlite3_file *file) const
    {
        if (file->pMethods)
            file->pMethods->xClose(file);
    }
};
struct FilenameCloser
{
    void operator()(const char *name) const { sqlite3_free_filename(const_cast<char *>(name)); }
};

} // namespace

Result<QByteArray> readBeginning(const QString &path, qsizetype bytes)
{
    const QByteArray file = QFile::encodeName(QFileInfo(path).absoluteFilePath());
    const std::unique_ptr<const char, FilenameCloser> name(
        sqlite3_create_filename(file.constData(), "", "", 0, nullptr));
    sqlite3_vfs *system = sqlite3_vfs_find(nullptr);
    std::vector<std::max_align_t> room(size_t(system->szOsFile) / sizeof(std::max_align_t) + 1);
    auto *handle = reinterpret_cast<sqlite3_file *>(room.data());
    handle->pMethods = nullptr;
    const std::unique_ptr<sqlite3_file, FileCloser> closer(handle);
    QByteArray beginning(bytes, '\0');
    int code = system->xOpen(system, name.get(), handle,
                             SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB, nullptr);
    if (code == SQLITE_OK)
        code = handle->pMethods->xRead(handle, beginning.data(), int(bytes), 0);
    if (code != SQLITE_OK)
        return failFrom(code, QString::fromUtf8(sqlite3_errstr(code)), path);
    return beginning;
}

} // namespace headgate::sqlite
