#include "ui/common/fields/entry_list_field.h"

#include "core/policy/node_kinds/gate_kind.h"
#include "core/policy/node_kinds/rule_kind.h"
#include "ui/common/texts.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using policy::Field;
using policy::FieldType;

namespace {

Field nameField(const QString &key, const QString &label)
{
    return {.key = key, .label = label, .type = FieldType::Text, .required = true};
}

Field weightField()
{
    return {.key = u"weight"_s,
            .label = Texts::tr("Weight"),
            .type = FieldType::Number,
            .defaultValue = 1,
            .help = Texts::tr("How much it counts beside the others."),
            .minimum = 0};
}

// `word` 1, 2, 3, …: the first that no entry is called yet.
std::string freeEntryName(const Json &list, const QString &word)
{
    QSet<QString> taken;
    for (const Json &entry : list)
        taken.insert(jsonString(entry, "name"));
    int number = int(list.size()) + 1;
    while (taken.contains(word.arg(number)))
        ++number;
    return toStdString(word.arg(number));
}

// Of the options of a format only the one that it reads.
QList<Field> optionsOf(const Json &scorer)
{
    QList<Field> options = policy::scorerOptions(jsonString(scorer, "kind"));
    if (jsonString(scorer, "kind") == "format"_L1) {
        const QString format = jsonString(scorer, "format", u"json"_s);
        options.removeIf([&format](const Field &option) {
            return (option.key == "pattern"_L1 && format != "regex"_L1) ||
                   (option.key == "schema"_L1 && format != "json_schema"_L1);
        });
    }
    return options;
}

EntryShape scorerShape()
{
    EntryShape shape;
    shape.addLabel = Texts::tr("Add a scorer");
    shape.entryLabel = Texts::tr("Scorer %1");
    shape.fields = [](const Json &entry) {
        Field kind{.key = u"kind"_s, .label = Texts::tr("Kind"), .type = FieldType::Choice};
        kind.choices = policy::knownScorerKinds();
        kind.help = Texts::tr("What judges the answer.");
        kind.required = true;
        return QList<Field>{kind, weightField()} + optionsOf(entry);
    };
    shape.make = [](const Json &list) {
        // The first kind that is not in use yet is what one most likely wants to add.
        QStringList kinds = policy::knownScorerKinds();
        for (const Json &entry : list) {
            if (kinds.size() > 1)
                kinds.removeAll(jsonString(entry, "kind"));
        }
        return Json{{"kind", toStdString(kinds.value(0))}, {"weight", 1}};
    };
    return shape;
}

EntryShape caseShape()
{
    EntryShape shape;
    shape.addLabel = Texts::tr("Add a case");
    shape.entryLabel = Texts::tr("Case %1");
    shape.optionLabel = Texts::tr("Add a condition");
    shape.fields = [](const Json &) {
        return QList<Field>{nameField(u"name"_s, Texts::tr("Name"))};
    };
    shape.options = policy::ruleConditions();
    shape.make = [](const Json &list) {
        return Json{{"name", freeEntryName(list, Texts::tr("case %1"))},
                    {"any_keyword", Json::array({"word"})}};
    };
    return shape;
}

EntryShape branchShape()
{
    EntryShape shape;
    shape.addLabel = Texts::tr("Add a branch");
    shape.entryLabel = Texts::tr("Branch %1");
    shape.fields = [](const Json &) {
        Field weight = weightField();
        weight.defaultValue = nullptr;
        weight.required = true;
        return QList<Field>{nameField(u"name"_s, Texts::tr("Name")), weight};
    };
    shape.make = [](const Json &list) {
        return Json{{"name", freeEntryName(list, Texts::tr("branch %1"))}, {"weight", 0.1}};
    };
    return shape;
}

// Of a model and its fallbacks.
EntryShape modelWeightShape()
{
    EntryShape shape;
    shape.addLabel = Texts::tr("Add a weight");
    shape.entryLabel = Texts::tr("Weight %1");
    shape.fields = [](const Json &) {
        Field weight = weightField();
        weight.defaultValue = nullptr;
        weight.required = true;
        return QList<Field>{{.key = u"name"_s,
                             .label = Texts::tr("Model"),
                             .type = FieldType::Model,
                             .help = Texts::tr("The node's model or one of its fallbacks."),
                             .required = true},
                            weight};
    };
    shape.make = [](const Json &) { return Json{{"name", ""}, {"weight", 1}}; };
    return shape;
}

EntryShape referenceShape()
{
    EntryShape shape;
    shape.addLabel = Texts::tr("Add a prompt");
    shape.entryLabel = Texts::tr("Prompt %1");
    shape.fields = [](const Json &) {
        Field prompt{.key = u"prompt"_s, .label = Texts::tr("Prompt"), .type = FieldType::LongText};
        prompt.required = true;
        return QList<Field>{nameField(u"label"_s, Texts::tr("Label")), prompt};
    };
    shape.make = [](const Json &list) {
        const QString label = list.empty() ? u"easy"_s : jsonString(list.back(), "label");
        return Json{{"label", toStdString(label)}, {"prompt", ""}};
    };
    return shape;
}

Field modelOf(const QString &help)
{
    return {.key = u"model"_s,
            .label = Texts::tr("Model"),
            .type = FieldType::Model,
            .help = help,
            .required = true};
}

Field qualityField()
{
    return {.key = u"quality"_s,
            .label = Texts::tr("Quality"),
            .type = FieldType::Number,
            .help = Texts::tr("The share of right answers, from 0 to 1."),
            .minimum = 0,
            .maximum = 1,
            .required = true};
}

EntryShape modelScoreShape()
{
    EntryShape shape;
    shape.addLabel = Texts::tr("Add a quality");
    shape.entryLabel = Texts::tr("Quality %1");
    shape.fields = [](const Json &) {
        return QList<Field>{modelOf(Texts::tr("One of the candidates.")), qualityField()};
    };
    shape.make = [](const Json &) { return Json{{"model", ""}, {"quality", 0.5}}; };
    return shape;
}

EntryShape taskScoreShape()
{
    EntryShape shape;
    shape.addLabel = Texts::tr("Add a score");
    shape.entryLabel = Texts::tr("Score %1");
    shape.fields = [](const Json &) {
        const Field task{.key = u"task"_s,
                         .label = Texts::tr("Task"),
                         .type = FieldType::Choice,
                         .defaultValue = "any",
                         .help = Texts::tr("Told by how a prompt looks."),
                         .choices = {u"any"_s, u"code"_s, u"math"_s, u"choice"_s,
                                     u"other_language"_s, u"long"_s}};
        return QList<Field>{modelOf(Texts::tr("One of the candidates.")), task, qualityField()};
    };
    shape.make = [](const Json &list) {
        const QString model = list.empty() ? QString() : jsonString(list.back(), "model");
        return Json{{"model", toStdString(model)}, {"task", "any"}, {"quality", 0.5}};
    };
    return shape;
}

EntryShape modelSecondsShape()
{
    EntryShape shape;
    shape.addLabel = Texts::tr("Add a latency");
    shape.entryLabel = Texts::tr("Latency %1");
    shape.fields = [](const Json &) {
        return QList<Field>{modelOf(Texts::tr("One of the candidates.")),
                            {.key = u"seconds"_s,
                             .label = Texts::tr("Latency"),
                             .type = FieldType::Number,
                             .unit = Texts::tr("s"),
                             .help = Texts::tr("From the question to the whole answer."),
                             .minimum = 0,
                             .required = true}};
    };
    shape.make = [](const Json &) { return Json{{"model", ""}, {"seconds", 1}}; };
    return shape;
}

} // namespace

EntryShape entryShape(FieldType type)
{
    switch (type) {
    case FieldType::Scorers:
        return scorerShape();
    case FieldType::Cases:
        return caseShape();
    case FieldType::Weights:
        return branchShape();
    case FieldType::ModelWeights:
        return modelWeightShape();
    case FieldType::ModelScores:
        return modelScoreShape();
    case FieldType::TaskScores:
        return taskScoreShape();
    case FieldType::ModelSeconds:
        return modelSecondsShape();
    default:
        return referenceShape();
    }
}

} // namespace headgate::ui
