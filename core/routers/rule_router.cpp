#include "core/routers/rule_router.h"

#include "core/routers/rule_case.h"
#include "core/routers/texts.h"

namespace headgate::routers {

using namespace Qt::StringLiterals;

namespace {

class RuleRouter final : public Router
{
public:
    explicit RuleRouter(std::vector<RuleCase> cases)
        : m_cases(std::move(cases))
        , m_otherwise(Texts::tr("no case holds"))
    {
    }

    Result<Decision> decide(const policy::Query &query, const RouterInputs &) const override
    {
        QueryFacts facts(query);
        QStringList gaveUp;
        for (size_t index = 0; index < m_cases.size(); ++index) {
            const RuleCase::Verdict verdict = m_cases[index].judge(facts);
            if (verdict.outcome == RuleCase::Outcome::Holds)
                return Decision{qint32(index), withNote(verdict.why, gaveUp), {}};
            if (verdict.outcome == RuleCase::Outcome::RegexGaveUp)
                gaveUp.append(m_cases[index].name());
        }
        return Decision{qint32(m_cases.size()), withNote(m_otherwise, gaveUp), {}};
    }

private:
    static QString withNote(const QString &why, const QStringList &gaveUp)
    {
        if (gaveUp.isEmpty())
            return why;
        return Texts::
            tr("%1; the regular expression of “%2” gave up: too much backtracking, or damaged text")
                .arg(why, gaveUp.join(u"”, “"_s));
    }

    std::vector<RuleCase> m_cases;
    QString m_otherwise;
};

} // namespace

Result<std::unique_ptr<Router>> makeRuleRouter(const Json &config, const QStringList &ports)
{
    const auto list = config.find("cases");
    if (list == config.end() || !list->is_array())
        return fail(ErrorCode::InvalidInput, Texts::tr("The rule has no list of cases. Add one."));
    if (qsizetype(list->size()) + 1 != ports.size())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The rule has %1 cases, but %2 ports; it needs one a case and one "
                              "for the rest.")
                        .arg(list->size())
                        .arg(ports.size()));
    std::vector<RuleCase> cases;
    for (const Json &json : *list) {
        auto ruleCase = RuleCase::fromJson(json, int(cases.size()) + 1);
        if (!ruleCase)
            return tl::unexpected(ruleCase.error());
        cases.push_back(std::move(*ruleCase));
    }
    return std::make_unique<RuleRouter>(std::move(cases));
}

} // namespace headgate::routers
