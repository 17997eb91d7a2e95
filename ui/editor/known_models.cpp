#include "ui/editor/known_models.h"

#include "ui/common/number_format.h"
#include "ui/common/texts.h"

namespace headgate::ui {

namespace {

using namespace Qt::StringLiterals;

bool isOffered(const catalog::CatalogEntry &entry, QDate today)
{
    return entry.kind == "chat"_L1 && (!entry.retiresOn.isValid() || entry.retiresOn > today);
}

} // namespace

QList<KnownModel> knownModels(const catalog::ModelCatalog &catalog, const QStringList &ready,
                              QDate today)
{
    QList<KnownModel> models;
    for (const catalog::CatalogEntry &entry : catalog.entries()) {
        if (!isOffered(entry, today))
            continue;
        const auto quote = catalog.quote(entry.provider, entry.model, today);
        models.append({.label = entry.displayName.isEmpty() ? entry.model : entry.displayName,
                       .provider = entry.provider,
                       .model = entry.model,
                       .price = quote ? std::optional(quote->price) : std::nullopt,
                       .isReady = ready.contains(entry.provider),
                       .isSimulated = entry.source == catalog::PriceSource::Simulated});
    }
    std::stable_partition(models.begin(), models.end(),
                          [](const KnownModel &model) { return model.isReady; });
    return models;
}

policy::Model modelOfPolicy(const policy::PolicyDocument &document, const KnownModel &known)
{
    for (const policy::Model &model : document.models) {
        if (model.provider == known.provider && model.model == known.model)
            return model;
    }
    policy::Model made;
    made.provider = known.provider;
    made.model = known.model;
    made.name = known.label;
    for (int number = 2; document.model(made.name); ++number)
        made.name = u"%1 %2"_s.arg(known.label).arg(number);
    return made;
}

policy::Model modelByHand(const policy::PolicyDocument &document)
{
    policy::Model made;
    for (int number = 1; made.name.isEmpty() || document.model(made.name); ++number)
        made.name = Texts::tr("model-%1").arg(number);
    return made;
}

QString priceText(const KnownModel &known)
{
    if (!known.price)
        return Texts::tr("price unknown");
    return Texts::tr("%1 / %2 per 1M", "price of input and output")
        .arg(formatMoney(known.price->input), formatMoney(known.price->output));
}

} // namespace headgate::ui
