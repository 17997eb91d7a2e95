#include "core/text/code_detection.h"

#include <algorithm>
#include <array>
#include <bit>

namespace headgate::text {

namespace {

constexpr qsizetype kCodeSample = 20'000;
constexpr int kEnough = 4;

// What speaks for code, in points. Each kind counts a few times at most, so that a long text does
// not become code by an arrow here and there.
struct Evidence
{
    int declarations = 0; // lines that only a program has
    int statements = 0;   // lines ended as statements or blocks are
    int calls = 0;
    int tags = 0;
    int quoted = 0;        // `inline code`
    quint32 operators = 0; // one bit each, seen or not

    int points() const
    {
        return 3 * std::min(declarations, 2) + 2 * std::min(statements, 2) + std::min(calls, 3) +
               2 * std::min(tags, 2) + std::min(quoted, 1) + std::min(std::popcount(operators), 3);
    }
};

bool isIdentifier(QChar unit)
{
    return unit == u'_' || unit.isLetterOrNumber();
}

qsizetype identifierEnd(QStringView line, qsizetype at)
{
    while (at < line.size() && isIdentifier(line[at]))
        ++at;
    return at;
}

// The word at the start of `line` with exactly one space after it: "def", "public", …
QStringView firstWord(QStringView line)
{
    const qsizetype end = identifierEnd(line, 0);
    return end > 0 && end < line.size() && line[end] == u' ' ? line.first(end) : QStringView();
}

bool isOneOf(QStringView word, std::initializer_list<QStringView> words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

// "name(" right after a word such as def or function.
bool declaresFunction(QStringView rest)
{
    const qsizetype end = identifierEnd(rest, 0);
    return end > 0 && end < rest.size() && (rest[end] == u'(' || rest[end] == u'<');
}

bool assignsName(QStringView rest)
{
    const qsizetype end = identifierEnd(rest, 0);
    const QStringView after = rest.sliced(end).trimmed();
    return end > 0 && (after.startsWith(u'=') || after.startsWith(u':'));
}

bool endsAsBlock(QStringView line)
{
    return line.endsWith(u'{') || line.endsWith(u'}') || line.endsWith(u':');
}

bool startsWithDeclaration(QStringView line)
{
    for (const QStringView start :
         {QStringView(u"#include <"), QStringView(u"#include \""), QStringView(u"#!/"),
          QStringView(u"<?php"), QStringView(u"<!DOCTYPE"), QStringView(u"#define "),
          QStringView(u"} else"), QStringView(u"@Override")}) {
        if (line.startsWith(start))
            return true;
    }
    const QStringView word = firstWord(line);
    if (word.isEmpty())
        return false;
    const QStringView rest = line.sliced(word.size() + 1);
    if (isOneOf(word, {u"def", u"function", u"fn", u"func", u"async"}))
        return declaresFunction(rest) || rest.startsWith(u"def ") || rest.startsWith(u"function ");
    if (isOneOf(word, {u"const", u"let", u"var", u"auto", u"int", u"double", u"string"}))
        return assignsName(rest);
    if (isOneOf(word, {u"import", u"package", u"using", u"return", u"include"}))
        return line.endsWith(u';');
    if (word == u"from")
        return rest.contains(u" import ");
    if (isOneOf(word, {u"public", u"private", u"protected", u"static"}))
        return endsAsBlock(line) || line.endsWith(u';');
    if (isOneOf(word, {u"class", u"struct", u"interface", u"enum", u"namespace", u"impl"}))
        return line.endsWith(u'{') ||
               (line.endsWith(u':') && identifierEnd(rest, 0) > 0 && !rest.contains(u' '));
    if (isOneOf(word, {u"if", u"for", u"while", u"switch", u"elif", u"catch"}))
        return (rest.startsWith(u'(') && (line.endsWith(u'{') || line.endsWith(u'}'))) ||
               (line.endsWith(u':') && !rest.contains(u", ") && rest.count(u' ') < 8 &&
                (rest.contains(u'(') || rest.contains(u" in ") || rest.contains(u'=')));
    if (isOneOf(word, {u"SELECT", u"INSERT", u"UPDATE", u"DELETE", u"CREATE"}))
        return rest.contains(u" FROM ") || rest.contains(u"INTO ") || rest.contains(u" SET ") ||
               rest.contains(u"TABLE ");
    return false;
}

bool endsAsStatement(QStringView line)
{
    if (line == u"}" || line == u"};" || line == u"})" || line == u"});" || line == u"{")
        return true;
    if (line.endsWith(u'{'))
        return line.size() > 1;
    return line.endsWith(u';') && (line.contains(u'=') || line.contains(u'('));
}

// Pairs of signs that prose does not hold; the index is the bit.
quint32 operatorBit(QChar first, QChar second)
{
    constexpr std::array<std::array<char16_t, 2>, 12> kOperators = {{{u'=', u'='},
                                                                     {u'!', u'='},
                                                                     {u'=', u'>'},
                                                                     {u'-', u'>'},
                                                                     {u':', u':'},
                                                                     {u'&', u'&'},
                                                                     {u'|', u'|'},
                                                                     {u'+', u'='},
                                                                     {u'+', u'+'},
                                                                     {u':', u'='},
                                                                     {u'<', u'<'},
                                                                     {u'-', u'='}}};
    for (size_t bit = 0; bit < kOperators.size(); ++bit) {
        if (first == kOperators[bit][0] && second == kOperators[bit][1])
            return 1u << bit;
    }
    return 0;
}

// "name(" where the name is none that prose or a formula would have: snake_case, camelCase, or a
// member ("console.log("); or any call with a string literal or with nothing in its brackets.
bool isCall(QStringView line, qsizetype bracket)
{
    qsizetype start = bracket;
    bool dotted = false;
    while (start > 0 && (isIdentifier(line[start - 1]) || line[start - 1] == u'.')) {
        --start;
        dotted = dotted || line[start] == u'.';
    }
    const QStringView name = line.sliced(start, bracket - start);
    if (name.size() < 2 || name.front() == u'.' || name.back() == u'.')
        return false;
    const QChar next = bracket + 1 < line.size() ? line[bracket + 1] : QChar();
    if (dotted || name.contains(u'_') || next == u'"' || next == u'\'' || next == u')')
        return true;
    return std::adjacent_find(name.begin(), name.end(), [](QChar before, QChar after) {
               return before.isLower() && after.isUpper();
           }) != name.end();
}

void readSigns(QStringView line, Evidence &evidence)
{
    int ticks = 0;
    for (qsizetype at = 0; at < line.size(); ++at) {
        const QChar unit = line[at];
        if (isIdentifier(unit) || unit == u' ')
            continue;
        if (unit == u'`')
            ++ticks;
        if (at + 1 >= line.size())
            continue;
        if (unit == u'(' && isCall(line, at))
            ++evidence.calls;
        if (unit == u'<' && line[at + 1] == u'/' && at + 2 < line.size() && line[at + 2].isLetter())
            ++evidence.tags;
        evidence.operators |= operatorBit(unit, line[at + 1]);
    }
    if (ticks >= 2)
        ++evidence.quoted;
}

} // namespace

bool looksLikeCode(QStringView text)
{
    Evidence evidence;
    QStringView rest = text.first(std::min(text.size(), kCodeSample));
    while (!rest.isEmpty()) {
        const qsizetype end = rest.indexOf(u'\n');
        const QStringView line = rest.first(end < 0 ? rest.size() : end).trimmed();
        rest = end < 0 ? QStringView() : rest.sliced(end + 1);
        if (line.startsWith(u"```") || line.startsWith(u"~~~"))
            return true;
        if (line.isEmpty())
            continue;
        if (startsWithDeclaration(line))
            ++evidence.declarations;
        if (endsAsStatement(line))
            ++evidence.statements;
        readSigns(line, evidence);
        if (evidence.points() >= kEnough)
            return true;
    }
    return false;
}

} // namespace headgate::text
