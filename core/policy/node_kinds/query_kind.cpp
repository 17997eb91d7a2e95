#include "core/policy/node_kinds/builtin_kinds.h"
#include "core/policy/texts.h"

namespace headgate::policy {

using namespace Qt::StringLiterals;

// No config.
NodeKind queryKind()
{
    NodeKind kind;
    kind.id = u"query"_s;
    kind.label = Texts::tr("Query");
    kind.group = NodeGroup::Flow;
    kind.help = Texts::tr("Where every query enters the policy; there is exactly one.");
    kind.tags = {Texts::tr("prompt"), Texts::tr("input"), Texts::tr("start"), Texts::tr("entry")};
    kind.hasInput = false;
    const QList<Port> ports{{.name = u"query"_s, .label = Texts::tr("query")}};
    kind.outPorts = [ports](const Json &) { return ports; };
    kind.summary = [](const Node &, const PolicyDocument &) { return Texts::tr("messages"); };
    return kind;
}

} // namespace headgate::policy
