#include "core/sqlite/database_error.h"

#include "core/sqlite/file_check.h"
#include "core/sqlite/texts.h"

#include <QDir>
#include <QFileInfo>
#include <QStorageInfo>

namespace headgate::sqlite {

namespace {

// Primary result codes of SQLite (sqlite.org/rescode.html).
enum SqliteCode {
    kBusy = 5,
    kLocked = 6,
    kReadOnly = 8,
    kIoError = 10,
    kCorrupt = 11,
    kFull = 13,
    kCannotOpen = 14,
    kNotADatabase = 26,
};

// A write that fails on a disk without room is reported as any other by some file systems.
bool hasRoom(const QString &path)
{
    const QStorageInfo disk(QFileInfo(path).absolutePath());
    return !disk.isValid() || disk.bytesAvailable() > 256 * 1024;
}

} // namespace

tl::unexpected<Error> failFrom(int code, const QString &words, const QString &path)
{
    const QString file = QDir::toNativeSeparators(path);
    switch (code & 0xff) {
    case kBusy:
    case kLocked:
        return fail(
            ErrorCode::Busy,
            Texts::tr("Another program is writing to the database “%1”. Close it or try again.")
                .arg(file),
            words);
    case kCorrupt:
    case kNotADatabase:
        return failDamaged(path, words);
    case kReadOnly:
        return fail(
            ErrorCode::Io,
            Texts::tr("The database “%1” is read-only. Make the file and its folder writable.")
                .arg(file),
            words);
    case kCannotOpen:
        return fail(
            ErrorCode::Io,
            Texts::tr("The database “%1” cannot be opened. Check that its folder exists and "
                      "can be written.")
                .arg(file),
            words);
    case kIoError:
        if (hasRoom(path))
            break;
        [[fallthrough]];
    case kFull:
        return fail(ErrorCode::DiskFull,
                    Texts::tr("The disk is full: the database “%1” cannot grow. Free some space.")
                        .arg(file),
                    words);
    default:
        break;
    }
    return fail(
        ErrorCode::Io,
        Texts::tr("The database “%1” could not be read or written. Check its disk.").arg(file),
        words);
}

} // namespace headgate::sqlite
