#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace headgate::simulation {

// A prompt of our own with its reference answer; the simulated models know no others.
struct PracticePrompt
{
    QString id; // "word-problem-012"
    QString
        kind; // "arithmetic", "word_problem", "fact", "logic", "code", "extraction", "rewriting"
    double difficulty = 0; // in [0, 1]
    QString prompt;
    QString answer;
    QStringList wrong;   // plausible, never equal to the answer
    QStringList working; // sentences that lead to the answer; may be empty

    bool operator==(const PracticePrompt &) const = default;
};

// All of them, in the order of the file. Damaged resources are a program error.
QList<PracticePrompt> practicePrompts();

// The practice prompt that a message asks: the same text but for case and white space, or wrapped
// in at most 200 further characters, as a model's prompt wrapper does. nullptr for any other text.
// Lives as long as the program.
const PracticePrompt *findPracticePrompt(const QString &message);

} // namespace headgate::simulation
