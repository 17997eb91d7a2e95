#include "app/workbench/file_name.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace headgate::workbench {

namespace {

constexpr qsizetype kLongest = 80;

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(headgate::workbench)
};

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
