#pragma once

#include "core/policy/node_kind.h"

namespace headgate::policy {

// One function a kind, each in the file of its name; node_kinds.cpp lists them.
NodeKind queryKind();
NodeKind ruleKind();
NodeKind classifierKind();
NodeKind nearestKind();
NodeKind predictorKind();
NodeKind splitKind();
NodeKind modelKind();
NodeKind gateKind();
NodeKind cacheKind();
NodeKind answerKind();
NodeKind noteKind();

} // namespace headgate::policy
