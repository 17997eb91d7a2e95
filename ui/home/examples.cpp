#include "ui/home/examples.h"

#include "core/policy/policy_format.h"
#include "ui/common/texts.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

qsizetype countOf(const policy::PolicyDocument &document, QStringView kind)
{
    return std::count_if(document.nodes.cbegin(), document.nodes.cend(),
                         [kind](const policy::Node &node) { return node.kind == kind; });
}

QString describe(const policy::PolicyDocument &document)
{
    const QString own = jsonString(document.extra, "description");
    if (!own.isEmpty())
        return own;
    const auto models = int(document.models.size());
    const auto gates = int(countOf(document, u"gate"));
    const QString counted = Texts::tr("%n models", nullptr, models);
    if (gates == 0)
        return counted;
    return Texts::tr("%1, %2", "models, gates").arg(counted, Texts::tr("%n gates", nullptr, gates));
}

} // namespace

QString workedExamplePath()
{
    return u":/headgate/policies/frugal-cascade.headgate"_s;
}

QList<Example> examples()
{
    QList<Example> found;
    const QDir folder(u":/headgate/policies"_s);
    for (const QString &file : folder.entryList({u"*.headgate"_s}, QDir::Files, QDir::Name)) {
        const QString path = folder.filePath(file);
        const auto loaded = policy::readPolicyFile(path);
        if (!loaded)
            continue;
        const Example example{path, loaded->document.name, describe(loaded->document),
                              loaded->document};
        if (path == workedExamplePath())
            found.prepend(example);
        else
            found.append(example);
    }
    return found;
}

} // namespace headgate::ui
