#pragma once

#include "core/common/json.h"

#include <QStringList>

namespace headgate::catalog {

// A JSON value whose numbers keep the digits of the file: each is a binary value that holds the
// number's text, which JSON text itself can never make.
struct DecimalJson
{
    Json root;
    QStringList duplicateKeys; // of the outermost object; the last one counts
};

Result<DecimalJson> parseDecimalJson(const QByteArray &text, const JsonLimits &limits);

// The text of a number; empty where the value is none.
QString numberText(const Json &value);

} // namespace headgate::catalog
