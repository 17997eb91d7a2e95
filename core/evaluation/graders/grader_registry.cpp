#include "core/evaluation/graders/builtin_graders.h"
#include "core/evaluation/texts.h"

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

void GraderRegistry::add(const QString &kind, Factory factory)
{
    Q_ASSERT(!m_factories.contains(kind));
    m_factories.insert(kind, std::move(factory));
}

Result<std::unique_ptr<Grader>> GraderRegistry::create(const Json &config) const
{
    const QString kind = jsonString(config, "kind");
    const auto factory = m_factories.constFind(kind);
    if (factory == m_factories.cend())
        return fail(
            ErrorCode::UnknownKind,
            Texts::tr("There is no grader “%1”; known: %2.").arg(kind, kinds().join(", "_L1)));
    return (*factory)(config);
}

GraderRegistry builtinGraders()
{
    GraderRegistry registry;
    registry.add(u"choice"_s, makeChoiceGrader);
    registry.add(u"contains"_s, makeContainsGrader);
    registry.add(u"exact"_s, makeExactGrader);
    registry.add(u"json"_s, makeJsonGrader);
    registry.add(u"json_schema"_s, makeJsonSchemaGrader);
    registry.add(u"judge"_s, makeJudgeGrader);
    registry.add(u"number"_s, makeNumberGrader);
    registry.add(u"regex"_s, makeRegexGrader);
    registry.add(u"text"_s, makeTextGrader);
    registry.add(u"thumbs"_s, makeThumbsGrader);
    return registry;
}

} // namespace headgate::evaluation
