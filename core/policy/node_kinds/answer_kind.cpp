#include "core/policy/node_kinds/builtin_kinds.h"
#include "core/policy/texts.h"

namespace headgate::policy {

using namespace Qt::StringLiterals;

// {"which": "last" | "best_scored"}
NodeKind answerKind()
{
    NodeKind kind;
    kind.id = u"answer"_s;
    kind.label = Texts::tr("Answer");
    kind.group = NodeGroup::Flow;
    kind.help = Texts::tr("Ends the run and hands an answer back to the caller.");
    kind.tags = {Texts::tr("output"), Texts::tr("end"), Texts::tr("result"), Texts::tr("reply")};
    kind.fields = {{.key = u"which"_s,
                    .label = Texts::tr("Which answer"),
                    .type = FieldType::Choice,
                    .defaultValue = "last",
                    .help = Texts::tr("The answer of the last model called, or the one that the "
                                      "gates scored best."),
                    .choices = {u"last"_s, u"best_scored"_s}}};
    kind.outPorts = [](const Json &) { return QList<Port>(); };
    kind.summary = [](const Node &node, const PolicyDocument &) {
        return jsonString(node.config, "which") == "best_scored"_L1
                   ? Texts::tr("best-scored answer")
                   : Texts::tr("last answer");
    };
    return kind;
}

} // namespace headgate::policy
