#include "core/providers/json_repair.h"

#include <QString>

#include <cmath>
#include <optional>

namespace headgate::providers {

namespace {

constexpr QByteArrayView kReplacement = "\\ufffd";

bool isTokenByte(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' ||
           c == '-' || c == '.';
}

std::optional<uint> escapedUnit(QByteArrayView text)
{
    if (text.size() < 6 || text[0] != '\\' || text[1] != 'u')
        return std::nullopt;
    bool ok = false;
    const uint unit = text.sliced(2, 4).toUInt(&ok, 16);
    return ok ? std::optional(unit) : std::nullopt;
}

// Takes one escape sequence off the front of `text`.
QByteArrayView repairEscape(QByteArrayView text, QByteArray &out)
{
    const auto unit = escapedUnit(text);
    if (!unit || *unit < 0xD800 || *unit > 0xDFFF) {
        const QByteArrayView pair = text.first(qMin(qsizetype(2), text.size()));
        out.append(pair);
        return text.sliced(pair.size());
    }
    const auto second = escapedUnit(text.sliced(6));
    const bool paired = *unit < 0xDC00 && second && *second >= 0xDC00 && *second <= 0xDFFF;
    out.append(paired ? text.first(12) : kReplacement);
    return text.sliced(paired ? 12 : 6);
}

QByteArrayView repairString(QByteArrayView text, QByteArray &out)
{
    out.append('"');
    text = text.sliced(1);
    while (!text.isEmpty()) {
        const char c = text.front();
        if (c == '\\') {
            text = repairEscape(text, out);
            continue;
        }
        if (uchar(c) < 0x20)
            out.append("\\u00" + QByteArray::number(uint(uchar(c)), 16).rightJustified(2, '0'));
        else
            out.append(c);
        text = text.sliced(1);
        if (c == '"')
            break;
    }
    return text;
}

QByteArray repairedToken(QByteArrayView token)
{
    if (token == "true" || token == "false" || token == "null")
        return token.toByteArray();
    bool ok = false;
    const double number = token.toDouble(&ok);
    if (!ok || !std::isfinite(number))
        return QByteArrayLiteral("null");
    return token.size() <= 18 ? token.toByteArray() : QByteArray::number(number, 'e', 17);
}

} // namespace

QByteArray repairedJson(QByteArrayView text)
{
    const QByteArray valid = QString::fromUtf8(text).toUtf8();
    QByteArray out;
    out.reserve(valid.size() + 16);
    QByteArrayView rest = valid;
    while (!rest.isEmpty()) {
        if (rest.front() == '"') {
            rest = repairString(rest, out);
        } else if (isTokenByte(rest.front())) {
            qsizetype length = 1;
            while (length < rest.size() && isTokenByte(rest[length]))
                ++length;
            out.append(repairedToken(rest.first(length)));
            rest = rest.sliced(length);
        } else {
            out.append(rest.front());
            rest = rest.sliced(1);
        }
    }
    return out;
}

} // namespace headgate::providers
