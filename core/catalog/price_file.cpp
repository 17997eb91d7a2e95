#include "core/catalog/price_file.h"

#include "core/catalog/decimal_json.h"
#include "core/catalog/price_import.h"
#include "core/catalog/texts.h"

#include <QMap>

namespace headgate::catalog {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPriceFileDepth = 8;
constexpr double kMostTokens = 1e12;

// The names that a price goes by: plain, and in front of "_above_<n>k_tokens".
struct PriceNames
{
    const char *input = "input_cost_per_token";
    const char *output = "output_cost_per_token";
    const char *cachedInput = "cache_read_input_token_cost";
    const char *cacheWrite = "cache_creation_input_token_cost";
    const char *cacheWrite1h = "cache_creation_input_token_cost_above_1hr";
    const char *reasoning = "output_cost_per_reasoning_token";
};
constexpr PriceNames kNames;

using Amount = tl::expected<std::optional<Money>, QString>; // an error is the text that is none

struct Row
{
    QString key;
    const Json &fields;
};

// The price of a token's text x 1,000,000, digit by digit.
std::optional<Money> perMillion(const QString &perToken)
{
    const qsizetype at = perToken.indexOf(u'e', 0, Qt::CaseInsensitive);
    bool fine = true;
    const int exponent = at < 0 ? 0 : perToken.mid(at + 1).toInt(&fine);
    if (!fine || std::abs(exponent) > 390)
        return std::nullopt;
    const auto money = Money::fromDecimal(u"%1e%2"_s.arg(perToken.left(at)).arg(exponent + 6));
    return money && *money >= Money() ? std::optional(*money) : std::nullopt;
}

Amount amountAt(const Json &fields, const std::string &name)
{
    const auto it = fields.find(name);
    if (it == fields.end() || it->is_null())
        return std::nullopt;
    const QString text = numberText(*it);
    if (const auto money = perMillion(text))
        return *money;
    return tl::unexpected(
        u"%1: %2"_s.arg(toQString(name), text.isEmpty() ? toQString(it->dump()).left(40) : text));
}

// The amounts of one row of prices, each with the suffix to its name. Missing ones are none.
struct Amounts
{
    std::optional<Money> input;
    std::optional<Money> output;
    std::optional<Money> cachedInput;
    std::optional<Money> cacheWrite;
    std::optional<Money> cacheWrite1h;
    std::optional<Money> reasoning;
};

tl::expected<Amounts, QString> amountsOf(const Json &fields, const std::string &suffix = {})
{
    Amounts amounts;
    const std::pair<const char *, std::optional<Money> *> wanted[] = {
        {kNames.input, &amounts.input},
        {kNames.output, &amounts.output},
        {kNames.cachedInput, &amounts.cachedInput},
        {kNames.cacheWrite, &amounts.cacheWrite},
        {kNames.cacheWrite1h, &amounts.cacheWrite1h},
        {kNames.reasoning, &amounts.reasoning}};
    for (const auto &[name, target] : wanted) {
        auto amount = amountAt(fields, name + suffix);
        if (!amount)
            return tl::unexpected(std::move(amount.error()));
        *target = *amount;
    }
    return amounts;
}

Price over(const Price &base, const Amounts &amounts)
{
    const auto either = [](const std::optional<Money> &first, const std::optional<Money> &second) {
        return first ? first : second;
    };
    return {amounts.input.value_or(base.input),
            amounts.output.value_or(base.output),
            either(amounts.cachedInput, base.cachedInput),
            either(amounts.cacheWrite, base.cacheWrite),
            either(amounts.cacheWrite1h, base.cacheWrite1h),
            either(amounts.reasoning, base.reasoning)};
}

// A whole number of tokens, which some rows write as "2000000.0".
std::optional<qint64> countOf(const Json &fields, const char *name)
{
    const auto it = fields.find(name);
    if (it == fields.end())
        return std::nullopt;
    bool fine = false;
    const double value = numberText(*it).toDouble(&fine);
    if (!fine || value < 0 || value > kMostTokens || value != std::floor(value))
        return std::nullopt;
    return qint64(value);
}

QString providerOf(const QString &name)
{
    static const QHash<QString, QString> ours{
        {u"gemini"_s, u"google"_s},          {u"together_ai"_s, u"together"_s},
        {u"fireworks_ai"_s, u"fireworks"_s}, {u"dashscope"_s, u"qwen"_s},
        {u"cohere_chat"_s, u"cohere"_s},
    };
    return ours.value(name, name);
}

// Starts of longer inputs, in tokens, from names such as "input_cost_per_token_above_200k_tokens".
QMap<qint64, std::string> tierSuffixes(const Json &fields)
{
    QMap<qint64, std::string> suffixes;
    const QString start = QLatin1String(kNames.input) + u"_above_"_s;
    for (const auto &[name, value] : fields.items()) {
        const QString text = toQString(name);
        if (!text.startsWith(start) || !text.endsWith(u"k_tokens"_s))
            continue;
        bool fine = false;
        const int thousands = text.mid(start.size()).chopped(8).toInt(&fine);
        if (fine && thousands > 0)
            suffixes.insert(qint64(thousands) * 1000,
                            u"_above_%1k_tokens"_s.arg(thousands).toStdString());
    }
    return suffixes;
}

// Reads what concerns prices into the entry; the error is the text at fault.
tl::expected<void, QString> takeFlatPrices(const Json &fields, CatalogEntry &entry)
{
    const auto base = amountsOf(fields);
    if (!base)
        return tl::unexpected(base.error());
    const bool noOutput = entry.kind == "embedding"_L1;
    if (!base->input || (!base->output && !noOutput))
        return {};
    entry.price = over({}, *base);
    const auto suffixes = tierSuffixes(fields);
    for (auto it = suffixes.cbegin(); it != suffixes.cend(); ++it) {
        const auto amounts = amountsOf(fields, it.value());
        if (!amounts)
            return tl::unexpected(amounts.error());
        entry.tiers.append({it.key(), over(*entry.price, *amounts)});
    }
    return {};
}

// "tiered_pricing": rows with their range of input tokens, in place of the flat prices.
tl::expected<void, QString> takeRanges(const Json &rows, CatalogEntry &entry)
{
    for (const Json &row : rows) {
        const auto range = row.find("range");
        if (range == row.end() || !range->is_array() || range->empty())
            return tl::unexpected(u"tiered_pricing"_s);
        const auto from = countOf(Json{{"from", range->front()}}, "from");
        const auto amounts = amountsOf(row);
        if (!amounts)
            return tl::unexpected(amounts.error());
        if (!from || (!entry.tiers.isEmpty() && *from <= entry.tiers.last().aboveInputTokens))
            return tl::unexpected(u"tiered_pricing"_s);
        if (entry.price) {
            entry.tiers.append({*from, over(*entry.price, *amounts)});
        } else if (amounts->input && amounts->output) {
            entry.price = over({}, *amounts);
        }
    }
    return {};
}

void takeFacts(const Json &fields, CatalogEntry &entry)
{
    entry.maxInputTokens = countOf(fields, "max_input_tokens");
    entry.maxOutputTokens = countOf(fields, "max_output_tokens");
    entry.dimensions = countOf(fields, "output_vector_size");
    entry.retiresOn = QDate::fromString(jsonString(fields, "deprecation_date"), Qt::ISODate);
    static const std::pair<const char *, const char *> flags[] = {
        {"supports_function_calling", "tools"},
        {"supports_response_schema", "json_schema"},
        {"supports_vision", "vision"},
        {"supports_reasoning", "reasoning"},
        {"supports_prompt_caching", "prompt_caching"},
        {"supports_sampling_params", "sampling_params"}};
    for (const auto &[theirs, ours] : flags) {
        if (const auto it = fields.find(theirs); it != fields.end() && it->is_boolean())
            entry.supports[ours] = *it;
    }
}

// None: not a model that the catalog lists.
std::optional<CatalogEntry> entryFrom(const Row &row)
{
    static const QHash<QString, QString> kinds{
        {u"chat"_s, u"chat"_s}, {u"responses"_s, u"chat"_s}, {u"embedding"_s, u"embedding"_s}};
    const QString theirs = jsonString(row.fields, "litellm_provider");
    CatalogEntry entry;
    entry.kind = kinds.value(jsonString(row.fields, "mode"));
    entry.provider = providerOf(theirs);
    entry.model = row.key.startsWith(theirs + u'/') ? row.key.mid(theirs.size() + 1) : row.key;
    if (entry.kind.isEmpty() || theirs.isEmpty() || entry.model.isEmpty())
        return std::nullopt;
    entry.id = entry.provider + u'/' + entry.model;
    entry.displayName = entry.model;
    entry.source = PriceSource::Imported;
    return entry;
}

bool isUsableName(const QString &key)
{
    return key.size() <= kPriceFileKeyLength && std::none_of(key.cbegin(), key.cend(), [](QChar c) {
               return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format;
           });
}

tl::expected<void, QString> takePrices(const Json &fields, CatalogEntry &entry)
{
    const auto ranges = fields.find("tiered_pricing");
    const bool ranged = ranges != fields.end() && ranges->is_array() && !ranges->empty();
    return ranged ? takeRanges(*ranges, entry) : takeFlatPrices(fields, entry);
}

// Some models stand in the file twice, with and without their provider before the name.
void addEntry(PriceFile &file, QHash<QString, qsizetype> &index, const CatalogEntry &entry,
              bool prefixed)
{
    const auto it = index.constFind(entry.id);
    if (it == index.cend()) {
        index.insert(entry.id, file.entries.size());
        file.entries.append(entry);
        return;
    }
    CatalogEntry &former = file.entries[*it];
    if (former.price != entry.price || former.tiers != entry.tiers)
        file.warnings.append(
            Texts::tr("“%1” stands in the file twice with different prices.").arg(entry.id));
    if (prefixed)
        former = entry;
}

} // namespace

Result<PriceFile> parsePriceFile(const QByteArray &bytes, QDate asOf)
{
    const auto json = parseDecimalJson(bytes, {kPriceFileBytes, kPriceFileDepth});
    if (!json)
        return tl::unexpected(json.error());
    if (!json->root.is_object())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("This is no price file: it does not list models by name."));
    if (qsizetype(json->root.size()) > kPriceFileEntries)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The price file has %1 entries; at most %2 are read.")
                        .arg(json->root.size())
                        .arg(kPriceFileEntries));
    PriceFile file;
    for (const QString &key : json->duplicateKeys)
        file.warnings.append(
            Texts::tr("“%1” stands in the file twice; the last one counts.").arg(key.left(80)));
    QHash<QString, qsizetype> index;
    for (const auto &[name, fields] : json->root.items()) {
        const Row row{toQString(name), fields};
        auto entry = fields.is_object() && row.key != "sample_spec"_L1 &&
                             row.key != "fallback_generalizations"_L1
                         ? entryFrom(row)
                         : std::nullopt;
        if (!entry) {
            ++file.skipped;
            continue;
        }
        if (!isUsableName(row.key)) {
            file.warnings.append(Texts::tr("A model's name is too long or holds characters that "
                                           "cannot be shown: “%1…”.")
                                     .arg(row.key.left(40).simplified()));
            continue;
        }
        entry->asOf = asOf;
        takeFacts(fields, *entry);
        if (const auto taken = takePrices(fields, *entry); !taken) {
            file.warnings.append(Texts::tr("“%1” has a price that cannot be used (%2).")
                                     .arg(row.key, taken.error()));
            continue;
        }
        addEntry(file, index, *entry, row.key != entry->model);
    }
    if (file.entries.isEmpty())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("This file lists no model with a provider and a mode."));
    return file;
}

} // namespace headgate::catalog
