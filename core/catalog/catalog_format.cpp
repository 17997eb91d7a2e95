#include "core/catalog/catalog_format.h"

#include "core/catalog/texts.h"

namespace headgate::catalog {

using namespace Qt::StringLiterals;

namespace {

// What goes wrong below; the caller adds the name of the model.
struct Fault
{
    QString reason;
};

template<typename T>
using Read = tl::expected<T, Fault>;

tl::unexpected<Fault> fault(QString reason)
{
    return tl::unexpected<Fault>({std::move(reason)});
}

const Json *member(const Json &object, const char *key)
{
    const auto it = object.find(key);
    return it != object.end() && !it->is_null() ? &*it : nullptr;
}

// The shortest text of the number is the decimal in the file, so that no rounding gets in.
Read<std::optional<Money>> readMoney(const Json &object, const char *key)
{
    const Json *value = member(object, key);
    if (!value)
        return std::nullopt;
    const auto money = value->is_number() ? Money::fromDecimal(toQString(value->dump()))
                                          : Result<Money>(tl::unexpect, Error());
    if (!money || *money < Money())
        return fault(Texts::tr("the price “%1” is not an amount of at least 0")
                         .arg(QString::fromLatin1(key)));
    return *money;
}

// Fields that are missing come from `base`; without one, input and output are needed.
Read<Price> readPrice(const Json &object, const std::optional<Price> &base = std::nullopt)
{
    if (!object.is_object())
        return fault(Texts::tr("a price is not an object"));
    Price price = base.value_or(Price());
    const auto take = [&object](const char *key, auto &&store) -> Read<bool> {
        auto money = readMoney(object, key);
        if (!money)
            return tl::unexpected(std::move(money.error()));
        if (*money)
            store(**money);
        return money->has_value();
    };
    Read<bool> read = take("in", [&price](Money money) { price.input = money; });
    bool complete = read && *read;
    if (read)
        read = take("out", [&price](Money money) { price.output = money; });
    complete = complete && read && *read;
    if (read)
        read = take("cached", [&price](Money money) { price.cachedInput = money; });
    if (read)
        read = take("write", [&price](Money money) { price.cacheWrite = money; });
    if (read)
        read = take("write_1h", [&price](Money money) { price.cacheWrite1h = money; });
    if (read)
        read = take("reasoning", [&price](Money money) { price.reasoning = money; });
    if (!read)
        return tl::unexpected(std::move(read.error()));
    if (!complete && !base)
        return fault(Texts::tr("a price needs “in” and “out”"));
    return price;
}

Read<std::optional<qint64>> readCount(const Json &object, const char *key)
{
    const Json *value = member(object, key);
    if (!value)
        return std::nullopt;
    if (!value->is_number_unsigned() || value->get<quint64>() > 1'000'000'000'000ULL)
        return fault(Texts::tr("“%1” is not a number of tokens").arg(QString::fromLatin1(key)));
    return value->get<qint64>();
}

Read<QDate> readDate(const Json &object, const char *key, QDate fallback = {})
{
    if (!member(object, key))
        return fallback;
    const QDate date = QDate::fromString(jsonString(object, key), Qt::ISODate);
    if (!date.isValid())
        return fault(
            Texts::tr("“%1” is not a date such as 2026-08-01").arg(QString::fromLatin1(key)));
    return date;
}

// Stores what `read` holds, or keeps the first fault.
template<typename T, typename Target>
void into(Target &target, Read<T> read, std::optional<Fault> &problem)
{
    if (read)
        target = *std::move(read);
    else if (!problem)
        problem = std::move(read.error());
}

template<typename Row>
void forEachRow(const Json &object, const char *key, std::optional<Fault> &problem, Row &&row)
{
    const Json *rows = member(object, key);
    if (!rows)
        return;
    if (!rows->is_array()) {
        problem = Fault{Texts::tr("“%1” is not a list").arg(QString::fromLatin1(key))};
        return;
    }
    for (const Json &item : *rows)
        row(item);
}

void readTiers(const Json &object, CatalogEntry &entry, std::optional<Fault> &problem)
{
    forEachRow(object, "tiers", problem, [&](const Json &item) {
        PriceTier tier;
        std::optional<qint64> above;
        into(tier.price, readPrice(item, entry.price.value_or(Price())), problem);
        if (!problem)
            into(above, readCount(item, "above"), problem);
        tier.aboveInputTokens = above.value_or(0);
        if (!entry.tiers.isEmpty() && tier.aboveInputTokens <= entry.tiers.last().aboveInputTokens)
            problem = Fault{Texts::tr("the tiers are not in ascending order")};
        entry.tiers.append(tier);
    });
    forEachRow(object, "schedule", problem, [&](const Json &item) {
        DatedPrice row;
        into(row.price, readPrice(item), problem);
        if (!problem)
            into(row.effectiveFrom, readDate(item, "from"), problem);
        const bool first = entry.schedule.isEmpty();
        if (!first && (!row.effectiveFrom.isValid() ||
                       row.effectiveFrom <= entry.schedule.last().effectiveFrom))
            problem = Fault{Texts::tr("the schedule is not in ascending order")};
        entry.schedule.append(row);
    });
}

bool splitId(const QString &id, QString &provider, QString &model)
{
    const qsizetype slash = id.indexOf(u'/');
    provider = id.left(slash);
    model = id.mid(slash + 1);
    return slash > 0 && !model.isEmpty();
}

Read<CatalogEntry> readEntry(const Json &object, const Json &notes, QDate asOf)
{
    CatalogEntry entry;
    std::optional<Fault> problem;
    entry.id = jsonString(object, "id");
    if (!splitId(entry.id, entry.provider, entry.model))
        return fault(Texts::tr("its “id” is not provider/model"));
    entry.displayName = jsonString(object, "name", entry.model);
    entry.kind = jsonString(object, "kind", entry.kind);
    entry.api = jsonString(object, "api");
    if (const Json *price = member(object, "price"))
        into(entry.price, readPrice(*price), problem);
    readTiers(object, entry, problem);
    const QString source = jsonString(object, "source", u"bundled"_s);
    const auto named = priceSourceFrom(source);
    if (!named)
        return fault(Texts::tr("its source “%1” is not known").arg(source));
    entry.source = *named;
    into(entry.asOf, readDate(object, "as_of", asOf), problem);
    into(entry.contextWindow, readCount(object, "context"), problem);
    into(entry.maxInputTokens, readCount(object, "max_in"), problem);
    into(entry.maxOutputTokens, readCount(object, "max_out"), problem);
    into(entry.dimensions, readCount(object, "dimensions"), problem);
    into(entry.retiresOn, readDate(object, "retires"), problem);
    if (const Json *supports = member(object, "supports"); supports && supports->is_object())
        entry.supports = *supports;
    forEachRow(object, "notes", problem, [&](const Json &item) {
        const QString key = item.is_string() ? toQString(item.get<std::string>()) : QString();
        entry.notes.append(jsonString(notes, key.toUtf8().constData(), key));
    });
    if (problem)
        return tl::unexpected(*std::move(problem));
    return entry;
}

Read<PriceOverride> readOverride(const Json &object)
{
    PriceOverride row;
    std::optional<Fault> problem;
    if (!splitId(jsonString(object, "id"), row.provider, row.model))
        return fault(Texts::tr("its “id” is not provider/model"));
    into(row.price, readPrice(object.value("price", Json())), problem);
    into(row.asOf, readDate(object, "as_of"), problem);
    if (problem)
        return tl::unexpected(*std::move(problem));
    return row;
}

void putPrice(Json &object, const Price &price)
{
    const auto put = [&object](const char *key, const std::optional<Money> &money) {
        if (money)
            object[key] = Json::parse(money->toDecimal().toStdString());
    };
    put("in", price.input);
    put("out", price.output);
    put("cached", price.cachedInput);
    put("write", price.cacheWrite);
    put("write_1h", price.cacheWrite1h);
    put("reasoning", price.reasoning);
}

void putDate(Json &object, const char *key, QDate date)
{
    if (date.isValid())
        object[key] = toStdString(date.toString(Qt::ISODate));
}

Json entryJson(const CatalogEntry &entry)
{
    Json object{{"id", toStdString(entry.provider + u'/' + entry.model)},
                {"name", toStdString(entry.displayName)},
                {"kind", toStdString(entry.kind)},
                {"supports", entry.supports}};
    if (!entry.api.isEmpty())
        object["api"] = toStdString(entry.api);
    if (entry.price)
        putPrice(object["price"], *entry.price);
    for (const PriceTier &tier : entry.tiers) {
        Json row{{"above", tier.aboveInputTokens}};
        putPrice(row, tier.price);
        object["tiers"].push_back(std::move(row));
    }
    for (const DatedPrice &dated : entry.schedule) {
        Json row = Json::object();
        putDate(row, "from", dated.effectiveFrom);
        putPrice(row, dated.price);
        object["schedule"].push_back(std::move(row));
    }
    object["source"] = nameOf(entry.source).data();
    putDate(object, "as_of", entry.asOf);
    putDate(object, "retires", entry.retiresOn);
    const std::pair<const char *, std::optional<qint64>> counts[] = {
        {"context", entry.contextWindow},
        {"max_in", entry.maxInputTokens},
        {"max_out", entry.maxOutputTokens},
        {"dimensions", entry.dimensions}};
    for (const auto &[key, count] : counts) {
        if (count)
            object[key] = *count;
    }
    for (const QString &note : entry.notes)
        object["notes"].push_back(toStdString(note));
    return object;
}

tl::unexpected<Error> atModel(const Json &object, qsizetype position, const Fault &problem)
{
    return fail(ErrorCode::InvalidInput,
                Texts::tr("Model %1 of the catalog (“%2”): %3.")
                    .arg(position + 1)
                    .arg(jsonString(object, "id").left(100), problem.reason));
}

} // namespace

Result<CatalogContent> readCatalog(const Json &root)
{
    if (jsonString(root, "format") != "headgate.catalog"_L1)
        return fail(ErrorCode::InvalidInput, Texts::tr("This is not a catalog of models."));
    if (jsonNumber(root, "version", 0) != kCatalogFormatVersion)
        return fail(ErrorCode::UnsupportedVersion,
                    Texts::tr("This catalog was made by a newer version of Headgate."));
    CatalogContent content;
    const auto asOf = readDate(root, "as_of");
    if (!asOf || !member(root, "models") || !root["models"].is_array())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The catalog needs “models” and a date “as_of”."));
    content.asOf = *asOf;
    for (const Json &source : root.value("sources", Json::array())) {
        content.sources.append({jsonString(source, "name"), jsonString(source, "repository"),
                                jsonString(source, "license"),
                                QDate::fromString(jsonString(source, "date"), Qt::ISODate)});
    }
    const Json notes = root.value("notes", Json::object());
    for (const Json &object : root["models"]) {
        auto entry = readEntry(object, notes, content.asOf);
        if (!entry)
            return atModel(object, content.entries.size(), entry.error());
        content.entries.append(*std::move(entry));
    }
    for (const Json &object : root.value("overrides", Json::array())) {
        auto row = readOverride(object);
        if (!row)
            return atModel(object, content.overrides.size(), row.error());
        content.overrides.append(*std::move(row));
    }
    return content;
}

Json writeCatalog(const CatalogContent &content)
{
    Json root{{"format", "headgate.catalog"},
              {"version", kCatalogFormatVersion},
              {"sources", Json::array()},
              {"models", Json::array()}};
    putDate(root, "as_of", content.asOf);
    for (const CatalogSource &source : content.sources) {
        root["sources"].push_back({{"name", toStdString(source.name)},
                                   {"repository", toStdString(source.repository)},
                                   {"license", toStdString(source.license)},
                                   {"date", toStdString(source.date.toString(Qt::ISODate))}});
    }
    for (const CatalogEntry &entry : content.entries)
        root["models"].push_back(entryJson(entry));
    for (const PriceOverride &row : content.overrides) {
        Json object{{"id", toStdString(row.provider + u'/' + row.model)}};
        putPrice(object["price"], row.price);
        putDate(object, "as_of", row.asOf);
        root["overrides"].push_back(std::move(object));
    }
    return root;
}

} // namespace headgate::catalog
