#include "core/policy/policy_format.h"
#include "core/policy/texts.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <cerrno>

namespace headgate::policy {

namespace {

using namespace Qt::StringLiterals;

QString shownPath(const QString &path)
{
    return QDir::toNativeSeparators(path);
}

// At most one byte more than a policy may have: what is longer is refused, not held in memory.
Result<QByteArray> readBytes(const QString &path)
{
    QFile file(path);
    const QFileInfo info(path);
    if (!info.exists())
        return fail(ErrorCode::NotFound, Texts::tr("There is no file “%1”.").arg(shownPath(path)));
    if (!info.isFile() || !file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io, Texts::tr("“%1” cannot be read.").arg(shownPath(path)),
                    file.errorString());
    QByteArray text = file.read(kMaxPolicyBytes + 1);
    if (file.error() != QFileDevice::NoError)
        return fail(ErrorCode::Io, Texts::tr("“%1” cannot be read.").arg(shownPath(path)),
                    file.errorString());
    return text;
}

Result<> replaceFile(const QString &path, const QByteArray &text)
{
    errno = 0;
    QSaveFile file(path);
    const bool written =
        file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.flush();
    const bool full = !written && errno == ENOSPC;
    if (written && file.commit())
        return {};
    if (full)
        return fail(ErrorCode::DiskFull,
                    Texts::tr("The disk is full, so “%1” was not saved; the former file is as it "
                              "was.")
                        .arg(shownPath(path)),
                    file.errorString());
    return fail(
        ErrorCode::Io,
        Texts::tr("“%1” cannot be written; the former file is as it was.").arg(shownPath(path)),
        file.errorString());
}

// What must hold before a policy's text may take the place of a file.
Result<> mayReplace(const QByteArray &former, const QByteArray &text)
{
    if (former.size() > kMaxPolicyBytes) // it was read in part, so no backup can be kept
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The file there is too large to be a policy and is not written over; "
                              "save under another name."));
    if (const auto old = parsePolicy(former);
        old ? old->readOnly : old.error().code == ErrorCode::UnsupportedVersion)
        return fail(ErrorCode::UnsupportedVersion,
                    Texts::tr("The file there was made by a newer version of Headgate and is never "
                              "written over; save under another name."));
    // A text that could not be opened again must not replace one that can.
    if (const auto again = parsePolicy(text); !again)
        return tl::unexpected(again.error());
    return {};
}

} // namespace

Result<LoadedPolicy> readPolicyFile(const QString &path)
{
    const Result<QByteArray> text = readBytes(path);
    if (!text)
        return tl::unexpected(text.error());
    Result<LoadedPolicy> loaded = parsePolicy(*text);
    if (!loaded)
        return fail(loaded.error().code,
                    Texts::tr("“%1” cannot be opened. %2")
                        .arg(QFileInfo(path).fileName(), loaded.error().message),
                    loaded.error().detail);
    return loaded;
}

Result<> writePolicyFile(const PolicyDocument &document, const QString &path)
{
    const QByteArray text = formatPolicy(document);
    QByteArray former;
    const bool existed = QFileInfo::exists(path);
    if (existed) {
        Result<QByteArray> bytes = readBytes(path);
        if (!bytes)
            return tl::unexpected(std::move(bytes).error());
        former = std::move(*bytes);
    }
    if (const Result<> allowed = mayReplace(former, text); !allowed)
        return allowed;
    if (existed && former == text)
        return {}; // a second save of the same must not push the older text out of the backup
    if (existed) {
        if (const Result<> kept = replaceFile(path + u".bak"_s, former); !kept)
            return kept;
    }
    return replaceFile(path, text);
}

} // namespace headgate::policy
