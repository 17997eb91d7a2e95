#include "core/evaluation/graders/builtin_graders.h"
#include "core/evaluation/texts.h"

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

Result<std::unique_ptr<Grader>> GraderRegistry::create(const Json &config) const
{
    const QString kind = jsonString(config, "kind");
    const GraderKind *known = find(kind);
    if (!known)
        return fail(
            ErrorCode::UnknownKind,
            Texts::tr("There is no grader “%1”; known: %2.").arg(kind, kinds().join(", "_L1)));
    return known->make(config);
}

GraderRegistry builtinGraders()
{
    GraderRegistry registry;
    registry.add(u"choice"_s, choiceGrader());
    registry.add(u"contains"_s, containsGrader());
    registry.add(u"exact"_s, exactGrader());
    registry.add(u"json"_s, jsonGrader());
    registry.add(u"json_schema"_s, jsonSchemaGrader());
    registry.add(u"judge"_s, judgeGrader());
    registry.add(u"number"_s, numberGrader());
    registry.add(u"regex"_s, regexGrader());
    registry.add(u"text"_s, textGrader());
    registry.add(u"thumbs"_s, thumbsGrader());
    return registry;
}

} // namespace headgate::evaluation
