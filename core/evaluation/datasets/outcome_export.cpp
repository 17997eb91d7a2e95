#include "core/evaluation/datasets/outcome_export.h"

#include "core/evaluation/texts.h"

#include <QSaveFile>

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kPromptsWritten = 512; // at a time

template<typename T>
void put(Json &object, const char *key, const std::optional<T> &value)
{
    if (value)
        object[key] = *value;
}

void put(Json &object, const char *key, const std::optional<Money> &value)
{
    if (value)
        object[key] = value->toUsd();
}

Json jsonOf(const RecordedOutcome &outcome)
{
    Json object = Json::object();
    put(object, "quality", outcome.figures.quality);
    put(object, "cost_usd", outcome.figures.cost);
    put(object, "check_cost_usd", outcome.figures.checkCost);
    put(object, "confidence", outcome.figures.confidence);
    put(object, "latency_ms", outcome.figures.latencyMs);
    put(object, "in_tokens", outcome.figures.inTokens);
    put(object, "out_tokens", outcome.figures.outTokens);
    if (!outcome.answer.isEmpty())
        object["answer"] = toStdString(outcome.answer);
    return object;
}

Json jsonOf(const DatasetPrompt &prompt)
{
    Json object{{"id", toStdString(prompt.id)},
                {"prompt", toStdString(prompt.prompt)},
                {"models", Json::object()}};
    if (!prompt.subset.isEmpty())
        object["subset"] = toStdString(prompt.subset);
    if (!prompt.expected.isEmpty())
        object["expected"] = toStdString(prompt.expected);
    return object;
}

class Exporter
{
public:
    Exporter(const DatasetStore &store, DatasetId id, QSaveFile &file, QList<ModelMark> marks)
        : m_store(store)
        , m_id(id)
        , m_file(file)
        , m_marks(std::move(marks))
    {
    }

    // False at the end.
    Result<bool> writeNext()
    {
        const auto prompts = m_store.promptsAfter(m_id, m_row, kPromptsWritten);
        if (!prompts)
            return tl::unexpected(prompts.error());
        if (prompts->isEmpty())
            return false;
        const auto outcomes =
            m_store.outcomesOf(m_id, prompts->constFirst().row, prompts->constLast().row);
        if (!outcomes)
            return tl::unexpected(outcomes.error());
        auto next = outcomes->cbegin();
        for (const StoredPrompt &prompt : *prompts) {
            Json line = jsonOf(prompt.prompt);
            for (; next != outcomes->cend() && next->row == prompt.row; ++next)
                line["models"][toStdString(columnName(next->model, m_marks))] = jsonOf(*next);
            if (m_file.write(compactJson(line) + '\n') < 0)
                return fail(ErrorCode::Io, Texts::tr("“%1” cannot be written: %2.")
                                               .arg(m_file.fileName(), m_file.errorString()));
            m_row = prompt.row;
            ++written;
        }
        return true;
    }

    qint64 written = 0;

private:
    const DatasetStore &m_store; // both outlive me
    DatasetId m_id;
    QSaveFile &m_file;
    QList<ModelMark> m_marks;
    qint64 m_row = 0;
};

} // namespace

Result<qint64> exportOutcomes(const DatasetStore &store, DatasetId id, const QString &path,
                              std::stop_token stop)
{
    auto marks = store.models(id);
    if (!marks)
        return tl::unexpected(std::move(marks.error()));
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return fail(ErrorCode::Io,
                    Texts::tr("“%1” cannot be written: %2.").arg(path, file.errorString()));
    Exporter exporter(store, id, file, std::move(*marks));
    for (;;) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, Texts::tr("The export was stopped."));
        const auto more = exporter.writeNext();
        if (!more)
            return tl::unexpected(more.error());
        if (!*more)
            break;
    }
    if (!file.commit())
        return fail(ErrorCode::Io,
                    Texts::tr("“%1” cannot be written: %2.").arg(path, file.errorString()));
    return exporter.written;
}

} // namespace headgate::evaluation
