#include "core/providers/openai_models.h"

#include "core/providers/protocol.h"

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

// A text such as "0.00000125" dollars a token, as dollars a million tokens. "-1" means that the
// price varies.
std::optional<Money> perMillion(const Json &pricing, const char *key)
{
    const QString text = jsonString(pricing, key);
    if (text.isEmpty() || text.startsWith(u'-') || text.contains(u'e', Qt::CaseInsensitive))
        return std::nullopt;
    const auto money = Money::fromDecimal(QString(text + u"e6"_s));
    return money ? std::optional(*money) : std::nullopt;
}

std::optional<Price> priceIn(const Json &model)
{
    const auto pricing = model.find("pricing");
    if (pricing == model.end() || !pricing->is_object())
        return std::nullopt;
    const auto input = perMillion(*pricing, "prompt");
    const auto output = perMillion(*pricing, "completion");
    if (!input || !output)
        return std::nullopt;
    Price price{*input, *output};
    price.cachedInput = perMillion(*pricing, "input_cache_read");
    price.cacheWrite = perMillion(*pricing, "input_cache_write");
    return price;
}

OfferedModel modelIn(const Json &item)
{
    OfferedModel model{.name = jsonString(item, "id"), .title = jsonString(item, "name")};
    model.owner = jsonString(item, "owned_by");
    if (!item.is_object())
        return model;
    for (const char *key :
         {"context_length", "context_window", "max_context_length", "max_model_len"}) {
        if (!model.contextTokens)
            model.contextTokens = tokenLimitAt(item, key);
    }
    if (const auto top = item.find("top_provider"); top != item.end())
        model.outputTokens = tokenLimitAt(*top, "max_completion_tokens");
    model.price = priceIn(item);
    // The family's lists do not tell the kinds apart, but names of embedding models do.
    model.embeds = jsonString(item, "type") == "embedding"_L1 ||
                   model.name.contains("embed"_L1, Qt::CaseInsensitive);
    model.chats = !model.embeds;
    return model;
}

} // namespace

std::optional<QList<OfferedModel>> openAiModelsIn(const Json &answer)
{
    const Json *list = &answer;
    if (answer.is_object()) {
        const auto data = answer.find("data");
        if (data == answer.end())
            return std::nullopt;
        list = &*data;
    }
    if (!list->is_array())
        return std::nullopt;
    QList<OfferedModel> models;
    for (const Json &item : *list)
        models.append(modelIn(item));
    return models;
}

} // namespace headgate::providers
