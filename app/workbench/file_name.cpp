#include "app/workbench/file_name.h"

#include "app/workbench/texts.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace headgate::workbench {

namespace {

constexpr qsizetype kLongest = 80;

} // namespace

QString fileNameOf(const QString &name)
{
    static const QRegularExpression unfit(u"[/\\\\:*?\"<>|\\p{C}]+"_s);
    static const QRegularExpression edges(u"^[. ]+|[. ]+$"_s);
    QString fitting = QString(name).replace(unfit, u" "_s).simplified().left(kLongest);
    fitting.remove(edges);
    return fitting.isEmpty() ? Texts::tr("policy") : fitting;
}

} // namespace headgate::workbench
