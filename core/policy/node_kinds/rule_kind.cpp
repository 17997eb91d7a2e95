#include "core/policy/node_kinds/rule_kind.h"

#include "core/policy/node_kinds/builtin_kinds.h"
#include "core/policy/node_kinds/config_value.h"

#include "core/policy/field_check.h"
#include "core/policy/problem_parts.h"
#include "core/policy/texts.h"

#include <QRegularExpression>
#include <QSet>

namespace headgate::policy {

namespace {

using namespace Qt::StringLiterals;

const QString kCases = u"cases"_s;
const QString kOtherwise = u"otherwise"_s;

// Reports into `problems` what is wrong with one case of a rule.
class CaseCheck
{
public:
    CaseCheck(const Node &node, QList<Problem> &problems)
        : m_node(node)
        , m_problems(problems)
    {
    }

    void check(const Json &entry, qsizetype number)
    {
        const QString name = jsonString(entry, "name");
        m_owner = name.isEmpty()
                      ? Texts::tr("case %1 of %2").arg(QString::number(number), displayName(m_node))
                      : Texts::tr("case “%1” of %2").arg(name, displayName(m_node));
        checkName(name, number);
        checkConditions(entry);
        checkPattern(jsonString(entry, "regex"));
        checkOrder(entry, "min_length", "max_length");
        checkOrder(entry, "min_tokens", "max_tokens");
    }

private:
    void report(const QString &code, const QString &sentence, const QString &port = {})
    {
        Problem problem = fieldErrorAt(m_node, kCases, code, sentence);
        problem.port = port;
        m_problems.append(problem);
    }

    void checkName(const QString &name, qsizetype number)
    {
        if (name.isEmpty())
            report(u"case-without-name"_s,
                   Texts::tr("Case %1 of %2 has no name; its port could not be wired.")
                       .arg(QString::number(number), displayName(m_node)));
        else if (name == kOtherwise)
            report(u"name-reserved"_s,
                   Texts::tr("A case of %1 is called “otherwise”, which is the port of all other "
                             "queries; give it another name.")
                       .arg(displayName(m_node)),
                   name);
        else if (m_names.contains(name))
            report(u"name-duplicate"_s,
                   Texts::tr("Two cases of %1 are called “%2”; give one another name.")
                       .arg(displayName(m_node), name),
                   name);
        m_names.insert(name);
    }

    void checkConditions(const Json &entry)
    {
        bool any = false;
        for (const Field &field : ruleConditions()) {
            const auto it = entry.find(toStdString(field.key));
            if (it == entry.end() || it->is_null())
                continue;
            // An empty list or object asks for nothing.
            any = any || !it->is_structured() || !it->empty();
            if (const auto fault = faultOf(field, *it, m_owner))
                report(fault->code, fault->sentence);
        }
        if (!any)
            report(
                u"case-without-condition"_s,
                Texts::tr("There is no condition in %1, so it would take every query; add one or "
                          "remove the case.")
                    .arg(m_owner));
    }

    void checkPattern(const QString &pattern)
    {
        if (pattern.isEmpty())
            return;
        const QRegularExpression expression(pattern);
        if (!expression.isValid())
            report(u"bad-pattern"_s,
                   Texts::tr("The pattern in %1 is wrong at character %2: %3.")
                       .arg(m_owner, QString::number(expression.patternErrorOffset() + 1),
                            expression.errorString()));
    }

    void checkOrder(const Json &entry, const char *least, const char *most)
    {
        static const Json none;
        const Json &low = memberOr(entry, least, none);
        const Json &high = memberOr(entry, most, none);
        if (low.is_number() && high.is_number() && low.get<double>() > high.get<double>())
            report(u"field-range"_s,
                   Texts::tr("In %1 the least (%2) is above the most (%3), so it takes no query.")
                       .arg(m_owner, shownValue(low), shownValue(high)));
    }

    const Node &m_node;
    QList<Problem> &m_problems;
    QSet<QString> m_names;
    QString m_owner;
};

void validateRule(const Node &node, const PolicyDocument &, QList<Problem> &problems)
{
    static const Json none;
    const Json &cases = memberOr(node.config, "cases", none);
    if (!cases.is_array())
        return;
    if (cases.empty())
        problems.append(fieldErrorAt(
            node, kCases, u"no-cases"_s,
            Texts::tr("%1 has no case, so it decides nothing; add one.").arg(displayName(node))));
    CaseCheck check(node, problems);
    qsizetype number = 0;
    for (const Json &entry : cases) {
        ++number;
        if (entry.is_object())
            check.check(entry, number);
    }
}

} // namespace

const QList<Field> &ruleConditions()
{
    static const QList<Field> fields{
        {.key = u"any_keyword"_s, .label = Texts::tr("Any keyword"), .type = FieldType::Labels},
        {.key = u"regex"_s, .label = Texts::tr("Pattern"), .type = FieldType::Text},
        {.key = u"min_length"_s,
         .label = Texts::tr("Characters, at least"),
         .type = FieldType::Integer,
         .minimum = 0},
        {.key = u"max_length"_s,
         .label = Texts::tr("Characters, at most"),
         .type = FieldType::Integer,
         .minimum = 0},
        {.key = u"min_tokens"_s,
         .label = Texts::tr("Tokens, at least"),
         .type = FieldType::Integer,
         .minimum = 0},
        {.key = u"max_tokens"_s,
         .label = Texts::tr("Tokens, at most"),
         .type = FieldType::Integer,
         .minimum = 0},
        {.key = u"language"_s, .label = Texts::tr("Language"), .type = FieldType::Text},
        {.key = u"has_code"_s, .label = Texts::tr("Has code"), .type = FieldType::Boolean},
        {.key = u"metadata"_s, .label = Texts::tr("Metadata"), .type = FieldType::Object},
    };
    return fields;
}

// {"cases": [{"name", "any_keyword": [texts], "regex", "min_length", "max_length" (characters),
//  "min_tokens", "max_tokens", "language" (code such as "de"), "has_code", "metadata": {key:
//  value}}]}
NodeKind ruleKind()
{
    NodeKind kind;
    kind.id = u"rule"_s;
    kind.label = Texts::tr("Rule");
    kind.group = NodeGroup::Route;
    kind.help = Texts::tr("Sends a query down the first case whose conditions all hold.");
    kind.tags = {Texts::tr("if"),    Texts::tr("condition"), Texts::tr("keyword"),
                 Texts::tr("regex"), Texts::tr("language"),  Texts::tr("length")};
    const Json startingCase = {{"name", "long"}, {"min_length", 2000}};
    kind.fields = {{.key = kCases,
                    .label = Texts::tr("Cases"),
                    .type = FieldType::Cases,
                    .defaultValue = Json::array({startingCase}),
                    .help = Texts::tr("Tried from the top; the first that holds takes the query."),
                    .required = true}};
    const Port otherwise{
        .name = kOtherwise, .label = Texts::tr("otherwise"), .role = PortRole::Default};
    const Json defaults = kind.fields[0].defaultValue;
    kind.outPorts = [otherwise, defaults](const Json &config) {
        return portsNamed(stringsAt(memberOr(config, "cases", defaults), "name"), otherwise);
    };
    kind.summary = [defaults](const Node &node, const PolicyDocument &) {
        return stringsAt(memberOr(node.config, "cases", defaults), "name").join(", "_L1);
    };
    // A query that the case would have taken goes on to the next; with none left, to the default.
    kind.withoutBranch = [defaults](const Json &config,
                                    const QString &port) -> std::optional<WithoutBranch> {
        if (port == kOtherwise)
            return std::nullopt;
        const auto without = withoutEntry(config, "cases", defaults, "name", port);
        return without ? without : WithoutBranch{config, kOtherwise};
    };
    kind.validate = validateRule;
    return kind;
}

} // namespace headgate::policy
