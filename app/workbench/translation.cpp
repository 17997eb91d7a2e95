#include "app/workbench/translation.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace headgate::workbench {

EnglishPlurals::EnglishPlurals(QObject *parent)
    : QTranslator(parent)
{
    const bool loaded = load(u":/headgate/translations/headgate_en.qm"_s);
    Q_ASSERT(loaded);
    Q_UNUSED(loaded)
}

QString EnglishPlurals::translate(const char *, const char *source, const char *, int n) const
{
    return n < 0 ? QString() : QTranslator::translate("headgate", source, nullptr, n);
}

void installTranslation()
{
    QCoreApplication::installTranslator(new EnglishPlurals(QCoreApplication::instance()));
}

} // namespace headgate::workbench
