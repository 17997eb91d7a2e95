#include "ui/common/kind_style.h"

#include "core/engine/run_trace.h"
#include "core/policy/node_kind.h"

using namespace Qt::StringLiterals;

namespace headgate::ui {

KindStyle kindStyle(const QString &kind)
{
    // A call looks like the node that needs it.
    if (kind == engine::kJudgeCall)
        return kindStyle(u"gate"_s);
    if (kind == engine::kEmbeddingCall)
        return kindStyle(u"nearest"_s);
    const policy::NodeKind *known = policy::nodeKind(kind);
    if (!known)
        return {Token::Flow, Token::FlowWash, QStringLiteral("warning")};
    switch (known->group) {
    case policy::NodeGroup::Route:
        return {Token::Route, Token::RouteWash, kind};
    case policy::NodeGroup::Call:
        return {Token::Model, Token::ModelWash, kind};
    case policy::NodeGroup::Check:
        return {Token::Check, Token::CheckWash, kind};
    case policy::NodeGroup::Flow:
    case policy::NodeGroup::Cache:
    case policy::NodeGroup::Note:
        break;
    }
    return {Token::Flow, Token::FlowWash, kind};
}

} // namespace headgate::ui
