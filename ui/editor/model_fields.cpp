#include "ui/editor/model_fields.h"

#include "ui/common/texts.h"

using namespace Qt::StringLiterals;

namespace headgate::ui {

using policy::Field;
using policy::FieldType;

namespace {

Field textField(const QString &key, const QString &label, const QString &help)
{
    return {.key = key, .label = label, .type = FieldType::Text, .help = help, .required = true};
}

Field amountField(const QString &key, const QString &label, const QString &unit,
                  const QString &help)
{
    return {.key = key,
            .label = label,
            .type = FieldType::Number,
            .unit = unit,
            .help = help,
            .minimum = 0,
            .maximum = 1e6};
}

QString stringOf(const Json &value)
{
    return value.is_string() ? toQString(value.get_ref<const std::string &>()) : QString();
}

Money moneyOf(const Json &value)
{
    return value.is_number() ? Money::fromUsd(value.get<double>()).value_or(Money()) : Money();
}

} // namespace

QList<Field> modelFields()
{
    return {
        textField(u"name"_s, Texts::tr("Name"), Texts::tr("What nodes call this model.")),
        textField(u"provider"_s, Texts::tr("Provider"),
                  Texts::tr("Name of a configured provider; its key is found at run time.")),
        textField(u"model"_s, Texts::tr("Model id"), Texts::tr("The provider's own id.")),
        {.key = u"parameters"_s,
         .label = Texts::tr("Parameters"),
         .type = FieldType::Object,
         .defaultValue = Json::object(),
         .help = Texts::tr("Sent with each call as they are: temperature, max_tokens, …")},
        amountField(u"input_price"_s, Texts::tr("Input price"), Texts::tr("USD/1M"),
                    Texts::tr("For a million tokens; empty takes the catalog's price.")),
        amountField(u"output_price"_s, Texts::tr("Output price"), Texts::tr("USD/1M"),
                    Texts::tr("For a million tokens; empty takes the catalog's price.")),
    };
}

Json toFields(const policy::Model &model)
{
    Json fields = {{"name", toStdString(model.name)},
                   {"provider", toStdString(model.provider)},
                   {"model", toStdString(model.model)},
                   {"parameters", model.parameters}};
    if (model.price) {
        fields["input_price"] = model.price->input.toUsd();
        fields["output_price"] = model.price->output.toUsd();
    }
    return fields;
}

policy::Model withField(policy::Model model, const QString &key, const Json &value)
{
    if (key == "name"_L1)
        model.name = stringOf(value);
    else if (key == "provider"_L1)
        model.provider = stringOf(value);
    else if (key == "model"_L1)
        model.model = stringOf(value);
    else if (key == "parameters"_L1)
        model.parameters = value.is_object() ? value : Json::object();
    else if (value.is_null()) // half a price is none
        model.price.reset();
    else {
        Price price = model.price.value_or(Price());
        (key == "input_price"_L1 ? price.input : price.output) = moneyOf(value);
        model.price = price;
    }
    return model;
}

QList<Field> policyFields()
{
    return {
        {.key = u"name"_s,
         .label = Texts::tr("Policy name"),
         .type = FieldType::Text,
         .help = Texts::tr("What lists and reports call this policy."),
         .required = true},
        {.key = u"baseline"_s,
         .label = Texts::tr("Baseline"),
         .type = FieldType::Model,
         .help = Texts::tr("The model that savings are counted against."),
         .required = true},
        amountField(u"max_cost_usd"_s, Texts::tr("Cost, at most"), Texts::tr("USD"),
                    Texts::tr("Of one query, all its calls together.")),
        amountField(u"max_latency_s"_s, Texts::tr("Latency, at most"), Texts::tr("s"),
                    Texts::tr("Of one query, from its start to the answer.")),
        {.key = u"on_limit"_s,
         .label = Texts::tr("At a limit"),
         .type = FieldType::Choice,
         .defaultValue = "best_so_far",
         .help = Texts::tr("Give the best answer so far, or fail."),
         .choices = {u"best_so_far"_s, u"fail"_s}},
        {.key = u"keep_texts"_s,
         .label = Texts::tr("Keep texts"),
         .type = FieldType::Boolean,
         .defaultValue = false,
         .help = Texts::tr("Prompts and answers of this policy's queries are kept in the ledger "
                           "on this machine, without keys; otherwise only the figures are.")},
    };
}

Json toFields(const policy::PolicyDocument &document)
{
    Json fields = {{"name", toStdString(document.name)}};
    if (!document.baseline.isEmpty())
        fields["baseline"] = toStdString(document.baseline);
    if (document.limits.maxCost)
        fields["max_cost_usd"] = document.limits.maxCost->toUsd();
    if (document.limits.maxLatency)
        fields["max_latency_s"] =
            std::chrono::duration<double>(*document.limits.maxLatency).count();
    if (document.limits.onLimit == policy::Limits::OnLimit::Fail)
        fields["on_limit"] = "fail";
    if (document.keepTexts)
        fields["keep_texts"] = true;
    return fields;
}

policy::Limits withField(policy::Limits limits, const QString &key, const Json &value)
{
    if (key == "max_cost_usd"_L1) {
        limits.maxCost = value.is_number() ? std::optional(moneyOf(value)) : std::nullopt;
    } else if (key == "max_latency_s"_L1) {
        limits.maxLatency.reset();
        if (value.is_number())
            limits.maxLatency = std::chrono::duration_cast<std::chrono::nanoseconds>(
                std::chrono::duration<double>(value.get<double>()));
    } else if (key == "on_limit"_L1) {
        limits.onLimit = stringOf(value) == "fail"_L1 ? policy::Limits::OnLimit::Fail
                                                      : policy::Limits::OnLimit::BestSoFar;
    }
    return limits;
}

} // namespace headgate::ui
