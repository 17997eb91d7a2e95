#include "app/workbench/price_overrides.h"

#include "app/workbench/texts.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace headgate::workbench {

Result<QList<catalog::PriceOverride>> readPriceOverrides(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return QList<catalog::PriceOverride>();
    const auto refused = [&path](const QString &why) {
        return fail(ErrorCode::Io,
                    Texts::tr("Your own prices in “%1” cannot be read: %2").arg(path, why));
    };
    if (!file.open(QIODevice::ReadOnly))
        return refused(file.errorString());
    const auto json = parseJson(file.readAll());
    if (!json)
        return refused(json.error().message);
    const auto catalog = catalog::ModelCatalog::fromJson(*json);
    if (!catalog)
        return refused(catalog.error().message);
    return catalog->overrides();
}

Result<> writePriceOverrides(const QList<catalog::PriceOverride> &prices, const QString &path)
{
    catalog::ModelCatalog catalog;
    for (const catalog::PriceOverride &each : prices)
        catalog.setOverride(each.provider, each.model, each.price, each.asOf);
    QSaveFile file(path);
    const bool written = QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly) &&
                         file.write(formatJson(catalog.toJson())) >= 0 && file.commit();
    if (!written)
        return fail(ErrorCode::Io, Texts::tr("Your own price could not be kept in “%1”: %2.")
                                       .arg(path, file.errorString()));
    return {};
}

} // namespace headgate::workbench
