#include "app/cli/policy_source.h"

#include "app/cli/texts.h"

#include <QDir>
#include <QFile>

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

} // namespace headgate::cli
