#include "core/policy/node_kinds/gate_kind.h"

#include "core/policy/field_check.h"
#include "core/policy/node_kinds/builtin_kinds.h"
#include "core/policy/node_kinds/config_value.h"
#include "core/policy/node_kinds/trained_field.h"
#include "core/policy/problem_parts.h"
#include "core/policy/texts.h"

#include <QRegularExpression>

#include <cmath>

namespace headgate::policy {

namespace {

using namespace Qt::StringLiterals;

constexpr double kThreshold = 0.5;
const QString kScorers = u"scorers"_s;

struct ScorerKind
{
    QString id;
    QString label;
    QList<Field> options;
};

QList<Field> formatOptions()
{
    return {
        {.key = u"format"_s,
         .label = Texts::tr("Format"),
         .type = FieldType::Choice,
         .defaultValue = "json",
         .help = Texts::tr("What the answer must be."),
         .choices = {u"json"_s, u"json_schema"_s, u"regex"_s}},
        {.key = u"pattern"_s,
         .label = Texts::tr("Pattern"),
         .type = FieldType::Text,
         .help = Texts::tr("The regular expression that the answer must match.")},
        {.key = u"schema"_s,
         .label = Texts::tr("Schema"),
         .type = FieldType::Object,
         .help = Texts::tr("The JSON schema that the answer must fit.")},
    };
}

Field askedModel(const QString &help)
{
    return {.key = u"model"_s,
            .label = Texts::tr("Model"),
            .type = FieldType::Model,
            .help = help,
            .required = true};
}

Field compareOption()
{
    return {.key = u"compare"_s,
            .label = Texts::tr("Compare"),
            .type = FieldType::Choice,
            .defaultValue = "final",
            .help = Texts::tr("What of two answers must agree: what they come to (the choice or "
                              "the number that they end with, else their words), all their words, "
                              "the last number, or the letter of the choice."),
            .choices = {u"final"_s, u"text"_s, u"number"_s, u"choice"_s}};
}

QList<Field> judgeOptions()
{
    return {
        askedModel(Texts::tr("The model that judges; it is asked, and paid for, once an answer.")),
        {.key = u"rubric"_s,
         .label = Texts::tr("Rubric"),
         .type = FieldType::LongText,
         .defaultValue = toStdString(usualRubric()),
         .help = Texts::tr("What makes an answer good, in your words.")},
        {.key = u"scale"_s,
         .label = Texts::tr("Full marks"),
         .type = FieldType::Number,
         .defaultValue = 10,
         .help = Texts::tr("The best score that the judge may give."),
         .minimum = 1,
         .maximum = 100},
    };
}

QList<Field> selfConsistencyOptions()
{
    return {
        {.key = u"samples"_s,
         .label = Texts::tr("Samples"),
         .type = FieldType::Integer,
         .defaultValue = 3,
         .help = Texts::tr("How often the same model is asked again, each a call to pay for."),
         .minimum = 2,
         .maximum = 10},
        {.key = u"temperature"_s,
         .label = Texts::tr("Temperature"),
         .type = FieldType::Number,
         .defaultValue = 0.7,
         .help = Texts::tr("How freely it answers then: at 0 it mostly repeats itself."),
         .minimum = 0,
         .maximum = 2},
        compareOption(),
    };
}

const QList<ScorerKind> &scorerKinds()
{
    static const QList<ScorerKind> kinds{
        {u"log_probability"_s,
         Texts::tr("log-probability"),
         {{.key = u"aggregate"_s,
           .label = Texts::tr("Aggregate"),
           .type = FieldType::Choice,
           .defaultValue = "mean",
           .help = Texts::tr("Over all tokens of the answer, or its least likely one."),
           .choices = {u"mean"_s, u"min"_s}}}},
        {u"refusal"_s, Texts::tr("refusal"), {}},
        {u"truncation"_s, Texts::tr("truncation"), {}},
        {u"length"_s,
         Texts::tr("length"),
         {{.key = u"min_characters"_s,
           .label = Texts::tr("Characters, at least"),
           .type = FieldType::Integer,
           .defaultValue = 1,
           .minimum = 0},
          {.key = u"max_characters"_s,
           .label = Texts::tr("Characters, at most"),
           .type = FieldType::Integer,
           .minimum = 0}}},
        {u"format"_s, Texts::tr("format"), formatOptions()},
        {u"judge"_s, Texts::tr("judge"), judgeOptions()},
        {u"self_consistency"_s, Texts::tr("self-consistency"), selfConsistencyOptions()},
        {u"agreement"_s,
         Texts::tr("agreement"),
         {askedModel(Texts::tr("The model whose answer this one is compared with; it is asked, and "
                               "paid for, once an answer.")),
          compareOption()}},
        {u"trained"_s, Texts::tr("trained"), {artifactField(Texts::tr("Trained file"))}},
    };
    return kinds;
}

const ScorerKind *findScorer(const QString &id)
{
    for (const ScorerKind &kind : scorerKinds()) {
        if (kind.id == id)
            return &kind;
    }
    return nullptr;
}

const Json &defaultScorers()
{
    static const Json scorers = Json::array({{{"kind", "log_probability"}, {"weight", 1}}});
    return scorers;
}

const Json &scorersOf(const Json &config)
{
    return memberOr(config, "scorers", defaultScorers());
}

double weightOf(const Json &scorer)
{
    return jsonNumber(scorer, "weight", scorer.is_object() && scorer.contains("weight") ? -1 : 1);
}

// Reports into `problems` what is wrong with one scorer of a gate.
class ScorerCheck
{
public:
    ScorerCheck(const Node &node, const PolicyDocument &document, QList<Problem> &problems)
        : m_node(node)
        , m_document(document)
        , m_problems(problems)
    {
    }

    void check(const Json &scorer, qsizetype number)
    {
        const QString id = jsonString(scorer, "kind");
        m_owner = Texts::tr("scorer %1 of %2").arg(QString::number(number), displayName(m_node));
        const ScorerKind *kind = findScorer(id);
        if (!kind) {
            report(u"unknown-scorer"_s,
                   Texts::tr("%1 has a scorer of the unknown kind “%2”; known: %3.")
                       .arg(displayName(m_node), id, knownScorerKinds().join(", "_L1)));
            return;
        }
        const double weight = weightOf(scorer);
        if (!(weight >= 0 && weight <= kLargestWeight))
            report(u"bad-weight"_s,
                   Texts::tr("The weight in %1 must be a number from 0 up.").arg(m_owner));
        for (const Field &option : kind->options) {
            const auto it = scorer.find(toStdString(option.key));
            const bool isSet = it != scorer.end() && !it->is_null();
            const auto fault = isSet ? faultOf(option, *it, m_owner) : std::nullopt;
            if (fault)
                report(fault->code, fault->sentence);
            else if (option.type == FieldType::Model)
                checkModel(jsonString(scorer, option.key.toLatin1().constData()), number, option);
        }
        if (id == "trained"_L1 && jsonString(scorer, "artifact").isEmpty())
            report(u"needs-training"_s,
                   Texts::tr("There is no trained file in %1; train one, or choose one.")
                       .arg(m_owner));
        if (id == "format"_L1)
            checkFormat(scorer);
        if (id == "length"_L1 &&
            jsonNumber(scorer, "min_characters", 1) > jsonNumber(scorer, "max_characters", 1e300))
            report(u"field-range"_s,
                   Texts::tr("In %1 the least length is above the most.").arg(m_owner));
    }

private:
    void report(const QString &code, const QString &sentence)
    {
        m_problems.append(fieldErrorAt(m_node, kScorers, code, sentence));
    }

    void checkModel(const QString &name, qsizetype number, const Field &option)
    {
        if (m_document.model(name))
            return;
        Problem problem = fieldErrorAt(
            m_node, kScorers, u"model-not-defined"_s,
            name.isEmpty()
                ? Texts::tr("It is not said which model is asked in %1; choose one.").arg(m_owner)
                : Texts::tr("The model “%1” that is asked in %2 is not defined by the policy.")
                      .arg(name, m_owner));
        // The baseline is the model that the user trusts most.
        const Model *trusted = m_document.model(m_document.baseline);
        if (!trusted && !m_document.models.isEmpty())
            trusted = &m_document.models.constFirst();
        if (trusted) {
            Json scorers = scorersOf(m_node.config);
            scorers[size_t(number - 1)][toStdString(option.key)] = toStdString(trusted->name);
            problem.mend = setConfigMend(Texts::tr("Ask “%1”").arg(trusted->name), m_node.id,
                                         kScorers, scorers);
        }
        m_problems.append(problem);
    }

    void checkFormat(const Json &scorer)
    {
        const QString format = jsonString(scorer, "format", u"json"_s);
        if (format == "json_schema"_L1 && !scorer.contains("schema"))
            report(u"scorer-incomplete"_s, Texts::tr("There is no schema in %1.").arg(m_owner));
        if (format != "regex"_L1)
            return;
        const QString pattern = jsonString(scorer, "pattern");
        if (pattern.isEmpty()) {
            report(u"scorer-incomplete"_s, Texts::tr("There is no pattern in %1.").arg(m_owner));
            return;
        }
        const QRegularExpression expression(pattern);
        if (!expression.isValid())
            report(u"bad-pattern"_s,
                   Texts::tr("The pattern in %1 is wrong at character %2: %3.")
                       .arg(m_owner, QString::number(expression.patternErrorOffset() + 1),
                            expression.errorString()));
    }

    const Node &m_node;
    const PolicyDocument &m_document;
    QList<Problem> &m_problems;
    QString m_owner;
};

void validateGate(const Node &node, const PolicyDocument &document, QList<Problem> &problems)
{
    const Json &scorers = scorersOf(node.config);
    if (!scorers.is_array())
        return;
    ScorerCheck check(node, document, problems);
    double weights = 0;
    qsizetype number = 0;
    for (const Json &scorer : scorers) {
        ++number;
        if (!scorer.is_object())
            continue;
        check.check(scorer, number);
        weights += qMax(0.0, weightOf(scorer));
    }
    if (weights > 0)
        return;
    Problem problem = fieldErrorAt(
        node, kScorers, u"no-scorer"_s,
        Texts::tr("%1 has no scorer with a weight above 0, so it cannot judge an answer.")
            .arg(displayName(node)));
    problem.mend =
        setConfigMend(Texts::tr("Score by log-probability"), node.id, kScorers, defaultScorers());
    problems.append(problem);
}

// "log-probability", or "judge heron" where it asks that model.
QString scorerName(const Json &scorer)
{
    const QString kind = jsonString(scorer, "kind");
    const QString model = jsonString(scorer, "model");
    const ScorerKind *known = findScorer(kind);
    const bool asks =
        known && std::any_of(known->options.cbegin(), known->options.cend(),
                             [](const Field &option) { return option.type == FieldType::Model; });
    return asks && !model.isEmpty() ? Texts::tr("%1 %2").arg(scorerLabel(kind), model)
                                    : scorerLabel(kind);
}

// "log-probability ≥ 0.55"; of several scorers the weightiest is named.
QString gateSummary(const Node &node, const PolicyDocument &)
{
    const Json &scorers = scorersOf(node.config);
    QString heaviest;
    double weight = -1;
    qsizetype count = 0;
    if (scorers.is_array()) {
        for (const Json &scorer : scorers) {
            ++count;
            if (weightOf(scorer) > weight) {
                weight = weightOf(scorer);
                heaviest = scorerName(scorer);
            }
        }
    }
    const QString threshold =
        QString::number(jsonNumber(node.config, "threshold", kThreshold), 'g', 4);
    if (count > 1)
        return Texts::tr("%1 + %2 ≥ %3").arg(heaviest, QString::number(count - 1), threshold);
    return Texts::tr("%1 ≥ %2").arg(heaviest, threshold);
}

QList<Field> gateFields()
{
    return {
        {.key = kScorers,
         .label = Texts::tr("Scorers"),
         .type = FieldType::Scorers,
         .defaultValue = defaultScorers(),
         .help = Texts::tr("What judges the answer; the score is their weighted mean."),
         .required = true},
        {.key = u"threshold"_s,
         .label = Texts::tr("Threshold"),
         .type = FieldType::Number,
         .defaultValue = kThreshold,
         .help = Texts::tr("An answer that scores at least this is accepted."),
         .minimum = 0,
         .maximum = 1},
        {.key = u"on_scorer_failure"_s,
         .label = Texts::tr("If the scorer fails"),
         .type = FieldType::Choice,
         .defaultValue = "escalate",
         .help = Texts::tr("Where the query goes when the answer could not be scored."),
         .choices = {u"escalate"_s, u"accept"_s}},
    };
}

} // namespace

QString usualRubric()
{
    return u"The answer is correct and complete, does what the question asks, and makes nothing "
           "up."_s;
}

QStringList knownScorerKinds()
{
    QStringList ids;
    for (const ScorerKind &kind : scorerKinds())
        ids.append(kind.id);
    return ids;
}

QList<Field> scorerOptions(const QString &kind)
{
    const ScorerKind *known = findScorer(kind);
    return known ? known->options : QList<Field>();
}

QString scorerLabel(const QString &kind)
{
    const ScorerKind *known = findScorer(kind);
    return known ? known->label : kind;
}

// {"scorers": [{"kind", "weight": from 0 up (1), options of the kind}], "threshold": in [0, 1],
//  "on_scorer_failure": "escalate" | "accept"}
NodeKind gateKind()
{
    NodeKind kind;
    kind.id = u"gate"_s;
    kind.label = Texts::tr("Gate");
    kind.group = NodeGroup::Check;
    kind.help = Texts::tr("Scores the last answer: accepts it, or escalates to the next model.");
    kind.tags = {Texts::tr("score"), Texts::tr("threshold"), Texts::tr("cascade"),
                 Texts::tr("judge"), Texts::tr("escalate"),  Texts::tr("confidence")};
    kind.fields = gateFields();
    const QList<Port> ports{{.name = u"accept"_s, .label = Texts::tr("accept")},
                            {.name = u"escalate"_s, .label = Texts::tr("escalate")}};
    kind.outPorts = [ports](const Json &) { return ports; };
    kind.bypassPort = u"accept"_s;
    // With nothing to escalate to, the answer at hand is the answer.
    kind.withoutBranch = [](const Json &config, const QString &port) {
        return port == "escalate"_L1 ? std::optional(WithoutBranch{config, u"accept"_s})
                                     : std::nullopt;
    };
    kind.summary = gateSummary;
    kind.validate = validateGate;
    return kind;
}

} // namespace headgate::policy
