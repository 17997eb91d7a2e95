#pragma once

#include "core/evaluation/datasets/dataset.h"
#include "core/evaluation/datasets/dataset_writer.h"
#include "core/evaluation/datasets/recorded_outcome.h"
#include "core/evaluation/outcome_builder.h"

#include <chrono>
#include <functional>
#include <stop_token>

namespace headgate::sqlite {
class Database;
}

namespace headgate::evaluation {

// The workspace's data sets and what models did on them, in one SQLite file (WAL). Used on the
// thread that opened it; other threads and processes open their own. Prompts are streamed: a data
// set is never in memory as a whole.
class DatasetStore
{
public:
    static constexpr std::chrono::milliseconds kPatience{5000};

    // Creates the file and its folder where they are missing. Damaged, UnsupportedVersion, Busy,
    // DiskFull, Io: as sqlite::Database::open; the file is then left as it is. A write waits as
    // long as `patience` for another that is under way, such as an import, and is then Busy.
    [[nodiscard]] static Result<std::unique_ptr<DatasetStore>>
    open(const QString &path, std::chrono::milliseconds patience = kPatience);
    // Renames a damaged file, that no process has open, and returns its new name.
    static Result<QString> setAside(const QString &path);
    ~DatasetStore();

    QString path() const;
    bool isReadOnly() const;

    // By name.
    Result<QList<DatasetSummary>> datasets() const;
    // NotFound.
    Result<DatasetSummary> dataset(DatasetId id) const;
    // Begins a data set, which is there once its writer has finished. InvalidInput: the name is
    // blank or taken. Nothing else of the store may be written to until then.
    [[nodiscard]] Result<DatasetWriter> create(const QString &name, const Json &grader,
                                               const QString &source);
    // InvalidInput as create().
    Result<> rename(DatasetId id, const QString &name);
    // What another grader said of answers is forgotten, so that they are graded anew; of how many.
    // NotFound.
    Result<qint64> setGrader(DatasetId id, const Json &grader);
    // With its prompts and outcomes. NotFound.
    Result<> remove(DatasetId id);

    // In the order of the rows, until the handler returns false.
    using PromptHandler = std::function<bool(const StoredPrompt &)>;
    Result<> readPrompts(DatasetId id, const PromptHandler &handler) const;
    // The next ones behind a row, at most that many.
    Result<QList<StoredPrompt>> promptsAfter(DatasetId id, qint64 row, qsizetype most) const;

    // All or none. An outcome that is there already is replaced. InvalidInput says what of an
    // outcome cannot be, NotFound that there is no such prompt.
    Result<> record(DatasetId id, const QList<RecordedOutcome> &outcomes);
    Result<> vote(DatasetId id, qint64 row, const ModelMark &model, bool up);
    // NotFound.
    Result<RecordedOutcome> outcome(DatasetId id, qint64 row, const ModelMark &model) const;
    // Those that have outcomes, in no order.
    Result<QList<ModelMark>> models(DatasetId id) const;
    // Those of the rows from `first` to `last`.
    Result<QList<RecordedOutcome>> outcomesOf(DatasetId id, qint64 first, qint64 last) const;
    // What was asked and answered before, in whatever data set; see RecordedOutcome::content.
    Result<std::optional<RecordedOutcome>> answeredBefore(const QByteArray &content) const;
    // The mean length of this model's answers; none: it has none whose length is known.
    Result<std::optional<qint64>> usualAnswerTokens(DatasetId id, const ModelMark &model) const;
    // Every outcome, in columns; a model that was asked with several parameters has a column for
    // each, called "model (parameters)". Cancelled.
    Result<OutcomeTable> outcomes(DatasetId id, KeptTexts keep = {},
                                  std::stop_token stop = {}) const;

private:
    explicit DatasetStore(std::unique_ptr<sqlite::Database> database);
    std::unique_ptr<sqlite::Database> m_database;
};

} // namespace headgate::evaluation
