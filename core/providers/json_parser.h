#pragma once

#include <QByteArray>

#include <simdjson.h>

namespace headgate::providers {

// Parses one JSON text after another and mends what servers write that is nearly JSON. What it
// gives holds until the next text.
class JsonParser
{
public:
    bool parse(QByteArrayView json, simdjson::dom::element &root);

private:
    bool parseAsIs(QByteArrayView json, simdjson::dom::element &root);

    simdjson::dom::parser m_parser;
};

} // namespace headgate::providers
