#include "core/simulation/practice_prompts.h"

#include "core/common/json.h"

#include <QFile>
#include <QHash>

using namespace Qt::StringLiterals;

namespace headgate::simulation {

namespace {

constexpr qsizetype kLongestWrapper = 200;

QString normalized(const QString &text)
{
    return text.simplified().toCaseFolded();
}

QStringList stringsAt(const Json &object, const char *key)
{
    QStringList strings;
    if (const auto it = object.find(key); it != object.end()) {
        for (const Json &item : *it)
            strings.append(toQString(item.get<std::string>()));
    }
    return strings;
}

PracticePrompt fromJson(const Json &object)
{
    return {.id = jsonString(object, "id"),
            .kind = jsonString(object, "kind"),
            .difficulty = jsonNumber(object, "difficulty", 0),
            .prompt = jsonString(object, "prompt"),
            .answer = jsonString(object, "answer"),
            .wrong = stringsAt(object, "wrong"),
            .working = stringsAt(object, "working")};
}

QList<PracticePrompt> read()
{
    QFile file(u":/headgate/practice/practice_prompts.jsonl"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The practice prompts are missing from the resources.");
    QList<PracticePrompt> prompts;
    while (!file.atEnd()) {
        const Result<Json> line = parseJson(file.readLine());
        if (!line)
            qFatal("The practice prompts in the resources are damaged.");
        prompts.append(fromJson(*line));
    }
    return prompts;
}

struct Index
{
    const QList<PracticePrompt> prompts = read();
    QHash<QString, const PracticePrompt *> byText;

    Index()
    {
        for (const PracticePrompt &prompt : prompts)
            byText.insert(normalized(prompt.prompt), &prompt);
    }
};

const Index &index()
{
    static const Index instance;
    return instance;
}

} // namespace

QList<PracticePrompt> practicePrompts()
{
    return index().prompts;
}

const PracticePrompt *findPracticePrompt(const QString &message)
{
    const QString text = normalized(message);
    const auto &byText = index().byText;
    if (const auto exact = byText.constFind(text); exact != byText.cend())
        return *exact;
    const PracticePrompt *found = nullptr;
    qsizetype longest = 0;
    for (auto it = byText.cbegin(); it != byText.cend(); ++it) {
        const qsizetype size = it.key().size();
        // The longest one: a prompt may be part of another.
        if (size > longest && text.size() - size <= kLongestWrapper && text.contains(it.key())) {
            found = it.value();
            longest = size;
        }
    }
    return found;
}

} // namespace headgate::simulation
