#include "core/learning/artifact_file.h"

#include "core/learning/texts.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QtEndian>

namespace headgate::learning {

using namespace Qt::StringLiterals;

namespace {

const QByteArray kMagic = "HEADGATE ARTIFACT\n"_ba;
constexpr qsizetype kHashBytes = 32;
constexpr qsizetype kPrefixBytes = 18 + sizeof(quint32) + sizeof(quint64);

template<typename Number>
void append(QByteArray &bytes, Number number)
{
    const Number little = qToLittleEndian(number);
    bytes.append(reinterpret_cast<const char *>(&little), sizeof little);
}

QByteArray hashOf(QByteArrayView bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

// The head, checked against what follows it.
Result<Artifact> fromHead(const Json &head, QByteArrayView rest)
{
    if (!head.is_object() || !head.contains("header") || !head["header"].is_object())
        return damagedArtifact(u"the head lacks its members"_s);
    Artifact artifact;
    artifact.kind = jsonString(head, "kind");
    artifact.header = head["header"];
    qsizetype at = 0;
    for (const Json &block : head.value("blocks", Json::array())) {
        const QString name = jsonString(block, "name");
        const double bytes = jsonNumber(block, "bytes", -1);
        if (name.isEmpty() || bytes < 0 || bytes > double(rest.size() - at))
            return damagedArtifact(u"block “%1” does not fit"_s.arg(name));
        artifact.blocks.insert(name, rest.sliced(at, qsizetype(bytes)).toByteArray());
        at += qsizetype(bytes);
    }
    if (at != rest.size())
        return damagedArtifact(u"bytes behind the last block"_s);
    return artifact;
}

} // namespace

tl::unexpected<Error> damagedArtifact(const QString &detail)
{
    return fail(ErrorCode::Damaged,
                Texts::tr("It is damaged or was cut short; train it again or take it from a copy."),
                detail);
}

QByteArray toBytes(const Artifact &artifact)
{
    Json blocks = Json::array();
    for (auto it = artifact.blocks.cbegin(); it != artifact.blocks.cend(); ++it)
        blocks.push_back({{"name", it.key().toStdString()}, {"bytes", it.value().size()}});
    const std::string head = Json{
        {"kind", artifact.kind.toStdString()},
        {"header", artifact.header},
        {"blocks", blocks}}.dump();
    QByteArray bytes = kMagic;
    append(bytes, kArtifactVersion);
    append(bytes, quint64(head.size()));
    bytes.append(head.data(), qsizetype(head.size()));
    for (const QByteArray &block : artifact.blocks)
        bytes.append(block);
    return bytes.append(hashOf(bytes));
}

Result<Artifact> artifactFromBytes(const QByteArray &bytes)
{
    if (!bytes.startsWith(kMagic))
        return fail(ErrorCode::Damaged,
                    Texts::tr("It is not a file that training wrote; choose one that ends in "
                              "“.hga”."));
    if (bytes.size() < kPrefixBytes + kHashBytes)
        return damagedArtifact(u"%1 bytes"_s.arg(bytes.size()));
    const auto version = qFromLittleEndian<quint32>(bytes.constData() + kMagic.size());
    if (version > kArtifactVersion)
        return fail(ErrorCode::UnsupportedVersion,
                    Texts::tr("It was written by a newer version of Headgate."));
    const QByteArrayView signedPart = QByteArrayView(bytes).chopped(kHashBytes);
    if (hashOf(signedPart) != QByteArrayView(bytes).last(kHashBytes))
        return damagedArtifact(u"the hash differs"_s);
    const auto length =
        qFromLittleEndian<quint64>(bytes.constData() + kMagic.size() + sizeof(quint32));
    if (length > quint64(signedPart.size() - kPrefixBytes))
        return damagedArtifact(u"the head is longer than the file"_s);
    const QByteArrayView body = signedPart.sliced(kPrefixBytes);
    const QByteArrayView head = body.first(qsizetype(length));
    return fromHead(Json::parse(head.begin(), head.end(), nullptr, false),
                    body.sliced(qsizetype(length)));
}

QString artifactFileName(const Artifact &artifact)
{
    return u"%1-%2.hga"_s.arg(artifact.kind,
                              QString::fromLatin1(hashOf(toBytes(artifact)).toHex().first(16)));
}

Result<QString> saveArtifact(const Artifact &artifact, const QString &folder)
{
    const QByteArray bytes = toBytes(artifact);
    const QString name = artifactFileName(artifact);
    const QString path = QDir(folder).filePath(name);
    QFile existing(path);
    if (existing.open(QIODevice::ReadOnly) && existing.readAll() == bytes)
        return name;
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return fail(ErrorCode::Io,
                    Texts::tr("“%1” could not be written: %2.").arg(path, file.errorString()));
    return name;
}

Result<Artifact> readArtifact(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(file.exists() ? ErrorCode::Io : ErrorCode::NotFound,
                    Texts::tr("“%1” could not be read: %2.").arg(path, file.errorString()));
    if (file.size() > kLargestArtifact)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("“%1” is larger than 1 GiB, which no trained file is.").arg(path));
    return artifactFromBytes(file.readAll()).map_error([&](Error error) {
        error.message = Texts::tr("“%1”: %2").arg(path, error.message);
        return error;
    });
}

Result<QByteArray> blockNamed(const Artifact &artifact, const QString &name, qsizetype bytes)
{
    const auto block = artifact.blocks.constFind(name);
    if (block == artifact.blocks.cend() || block->size() != bytes)
        return damagedArtifact(u"block “%1” is not of %2 bytes"_s.arg(name).arg(bytes));
    return *block;
}

} // namespace headgate::learning
