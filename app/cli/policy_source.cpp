#include "app/cli/policy_source.h"

#include "app/cli/texts.h"
#include "core/policy/named_artifacts.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace headgate::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kExample = "example:"_L1;
constexpr auto kFolder = ":/headgate/policies"_L1;
constexpr auto kSuffix = ".headgate"_L1;

} // namespace

Result<policy::LoadedPolicy> loadPolicy(const QString &source)
{
    if (!source.startsWith(kExample))
        return policy::readPolicyFile(source);
    const QString name = source.mid(kExample.size());
    QStringList known = QDir(kFolder).entryList({u'*' + kSuffix}, QDir::Files, QDir::Name);
    for (QString &file : known)
        file.chop(kSuffix.size());
    QFile file(kFolder + u'/' + name + kSuffix);
    if (!known.contains(name) || !file.open(QIODevice::ReadOnly))
        return fail(
            ErrorCode::NotFound,
            Texts::tr("There is no example “%1”; known: %2.").arg(name, known.join(", "_L1)));
    return policy::parsePolicy(file.readAll());
}

learning::ArtifactShelf artifactsBeside(const QString &source)
{
    learning::ArtifactShelf artifacts(learning::builtinLearners());
    if (!source.startsWith(kExample))
        artifacts.addFolder(QFileInfo(source).absolutePath());
    return artifacts;
}

Result<> writePolicy(const policy::PolicyDocument &document, const QString &path,
                     const learning::ArtifactShelf &artifacts)
{
    const QString folder = QFileInfo(path).absolutePath();
    for (const QString &file : policy::artifactsNamedBy(document)) {
        if (auto copied = artifacts.copyInto(file, folder); !copied)
            return copied;
    }
    return policy::writePolicyFile(document, path);
}

} // namespace headgate::cli
