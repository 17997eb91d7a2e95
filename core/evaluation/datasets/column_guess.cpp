#include "core/evaluation/datasets/import_preview.h"

#include "core/evaluation/outcome_columns.h"
#include "core/evaluation/texts.h"

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

namespace {

// Names that data sets give these columns, the likelier first.
const QStringList &promptNames()
{
    static const QStringList names{u"prompt"_s, u"messages"_s,    u"question"_s, u"query"_s,
                                   u"input"_s,  u"instruction"_s, u"problem"_s,  u"text"_s};
    return names;
}

const QStringList &expectedNames()
{
    static const QStringList names{u"expected"_s,    u"expectedanswer"_s, u"expectedoutput"_s,
                                   u"answer"_s,      u"reference"_s,      u"target"_s,
                                   u"groundtruth"_s, u"gold"_s,           u"solution"_s,
                                   u"label"_s,       u"output"_s};
    return names;
}

const QStringList &idNames()
{
    static const QStringList names{u"id"_s,  u"promptid"_s, u"questionid"_s,
                                   u"uid"_s, u"uuid"_s,     u"key"_s};
    return names;
}

const QStringList &subsetNames()
{
    static const QStringList names{u"subset"_s, u"subject"_s, u"category"_s, u"task"_s, u"topic"_s};
    return names;
}

// "Expected Answer" and "expected_answer" are the same name.
QString plainName(const QString &column)
{
    QString plain = column.toCaseFolded();
    return plain.removeIf([](QChar c) { return !c.isLetterOrNumber(); });
}

// The column with the likeliest name; the note says that others would do.
QString guessed(const QStringList &columns, const QStringList &names, const QString &role,
                QStringList &notes)
{
    QStringList fitting;
    for (const QString &name : names) {
        for (const QString &column : columns) {
            if (plainName(column) == name)
                fitting.append(column);
        }
    }
    if (fitting.size() > 1)
        notes.append(Texts::tr("As %1, “%2” was taken; it could also be “%3”.")
                         .arg(role, fitting[0], fitting.mid(1).join(u"”, “"_s)));
    return fitting.value(0);
}

} // namespace

ColumnMapping guessMapping(const QStringList &columns, QStringList &notes)
{
    ColumnMapping mapping;
    mapping.prompt = guessed(columns, promptNames(), Texts::tr("the prompt"), notes);
    mapping.expected = guessed(columns, expectedNames(), Texts::tr("the expected answer"), notes);
    mapping.id = guessed(columns, idNames(), Texts::tr("the id"), notes);
    mapping.subset = guessed(columns, subsetNames(), Texts::tr("the subset"), notes);
    if (columns.contains(OutcomeColumns::prefix()) || !OutcomeColumns(columns).isEmpty())
        mapping.outcomes = OutcomeColumns::prefix();
    if (mapping.prompt.isEmpty() && columns.size() == 1)
        mapping.prompt = columns.first();
    if (mapping.prompt.isEmpty())
        notes.append(Texts::tr("No column is named as a prompt would be; choose the one that is."));
    return mapping;
}

} // namespace headgate::evaluation
