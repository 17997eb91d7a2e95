#pragma once

#include <QRegularExpression>
#include <QString>

namespace headgate::text {

// Which of the choices "A", "B", … an answer states.
struct StatedChoice
{
    QChar letter;           // in upper case; null: none, or more than one
    bool ambiguous = false; // it names several and settles on none

    bool operator==(const StatedChoice &) const = default;
};

// Reads which choice an answer states, in this order: an answer that is nothing but the letter
// ("(b)."); what it says that the answer is ("the correct option is **B**", "\boxed{B}"), the last
// of these where it changes its mind; a letter set apart (bold, in parentheses, before a line),
// which must be the only one. Immutable: usable from several threads at once.
class ChoiceReader
{
public:
    explicit ChoiceReader(int choices); // 2 to 26

    StatedChoice read(const QString &answer) const;

private:
    QRegularExpression m_alone;
    QRegularExpression m_stated;
    QRegularExpression m_statedBehind;
    QRegularExpression m_apart;
};

} // namespace headgate::text
