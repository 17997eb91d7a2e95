#include "core/policy/node_kinds/builtin_kinds.h"
#include "core/policy/node_kinds/config_value.h"
#include "core/policy/texts.h"

namespace headgate::policy {

namespace {

using namespace Qt::StringLiterals;

constexpr double kHitSimilarity = 0.95;

} // namespace

// {"match": "exact" | "semantic", "minimum_similarity": cosine in [0, 1], "time_to_live_s"}
NodeKind cacheKind()
{
    NodeKind kind;
    kind.id = u"cache"_s;
    kind.label = Texts::tr("Cache");
    kind.group = NodeGroup::Cache;
    kind.help = Texts::tr("Answers a query that was answered before without calling a model.");
    kind.tags = {Texts::tr("reuse"), Texts::tr("memory"), Texts::tr("semantic"),
                 Texts::tr("repeated")};
    kind.fields = {
        {.key = u"match"_s,
         .label = Texts::tr("Match"),
         .type = FieldType::Choice,
         .defaultValue = "exact",
         .help = Texts::tr("The same messages, or messages that mean nearly the same."),
         .choices = {u"exact"_s, u"semantic"_s}},
        {.key = u"minimum_similarity"_s,
         .label = Texts::tr("Least similarity"),
         .type = FieldType::Number,
         .defaultValue = kHitSimilarity,
         .help = Texts::tr("A semantic match must be at least as similar."),
         .minimum = 0,
         .maximum = 1},
        {.key = u"time_to_live_s"_s,
         .label = Texts::tr("Time to live"),
         .type = FieldType::Number,
         .defaultValue = 86400,
         .unit = Texts::tr("s"),
         .help = Texts::tr("An older answer is not used again."),
         .minimum = 1},
    };
    kind.runtime = Runtime::NotInThisBuild;
    const QList<Port> ports{{.name = u"hit"_s, .label = Texts::tr("hit")},
                            {.name = u"miss"_s, .label = Texts::tr("miss")}};
    kind.outPorts = [ports](const Json &) { return ports; };
    kind.bypassPort = u"miss"_s;
    kind.summary = [](const Node &node, const PolicyDocument &) {
        if (jsonString(node.config, "match") != "semantic"_L1)
            return Texts::tr("exact match");
        return Texts::tr("similarity ≥ %1")
            .arg(jsonNumber(node.config, "minimum_similarity", kHitSimilarity));
    };
    return kind;
}

} // namespace headgate::policy
