#pragma once

#include "core/policy/policy_document.h"

#include <QRandomGenerator>

namespace headgate::tests {

// Any document that the format can hold, right or wrong as a policy: odd texts, deep configs,
// unknown fields and kinds, dangling wires. The same generator state gives the same document.
policy::PolicyDocument randomDocument(QRandomGenerator &random);
// Any JSON value; objects and lists nest at most `depth` levels.
Json randomJson(QRandomGenerator &random, int depth);
QString randomText(QRandomGenerator &random);

} // namespace headgate::tests
