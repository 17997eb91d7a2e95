#include "core/evaluation/datasets/dataset_import.h"

#include "core/evaluation/datasets/message_list.h"
#include "core/evaluation/datasets/prompt_columns.h"
#include "core/evaluation/graders/grader.h"
#include "core/evaluation/outcome_columns.h"
#include "core/evaluation/texts.h"
#include "core/policy/query.h"

#include <QFileInfo>

namespace headgate::evaluation {

namespace {

constexpr qint64 kRowsBetweenReports = 500;

QByteArray textAt(const RowSource &row, const QString &column)
{
    auto cell = column.isEmpty() ? std::nullopt : row.value(column);
    return cell ? std::move(cell->text) : QByteArray();
}

// The text of a prompt, or the messages of a conversation.
Result<> readPrompt(const RowSource &row, const QString &column, PromptText &prompt)
{
    auto cell = row.value(column);
    if (!cell)
        return fail(ErrorCode::InvalidInput, Texts::tr("The prompt is empty."));
    // CSV has no lists: there a text that reads as messages is taken for them.
    const bool maybeList =
        cell->structured || (row.format() == RowSource::Format::Csv && cell->text.startsWith("[{"));
    auto messages = maybeList ? readMessages(cell->text) : Result<QList<Message>>();
    if (!messages && cell->structured)
        return tl::unexpected(std::move(messages.error()));
    if (!maybeList || !messages) {
        prompt.prompt = std::move(cell->text);
        return {};
    }
    policy::Query query;
    query.messages = std::move(*messages);
    prompt.prompt = query.prompt().toUtf8();
    prompt.messages = messagesText(query.messages).toUtf8();
    return {};
}

Result<PromptText> promptOf(const RowSource &row, const ColumnMapping &mapping)
{
    if (!row.complaint().isEmpty())
        return fail(ErrorCode::InvalidInput, row.complaint());
    PromptText prompt;
    if (auto read = readPrompt(row, mapping.prompt, prompt); !read)
        return tl::unexpected(std::move(read.error()));
    prompt.id = textAt(row, mapping.id);
    if (prompt.id.isEmpty())
        prompt.id = QByteArray::number(row.number());
    prompt.expected = textAt(row, mapping.expected);
    prompt.subset = textAt(row, mapping.subset);
    Json metadata = Json::object();
    for (const QString &column : mapping.metadata) {
        if (const auto cell = row.value(column)) {
            const std::string text = cell->text.toStdString();
            metadata[toStdString(column)] =
                cell->structured ? Json::parse(text, nullptr, false) : Json(text);
        }
    }
    prompt.metadata = metadataText(metadata).toUtf8();
    return prompt;
}

Result<> checkMapping(const RowSource &rows, const ColumnMapping &mapping)
{
    if (mapping.prompt.isEmpty())
        return fail(ErrorCode::InvalidInput, Texts::tr("Choose the column that holds the prompt."));
    if (rows.format() == RowSource::Format::JsonLines)
        return {};
    const QStringList columns = rows.columns();
    QStringList wanted{mapping.prompt, mapping.expected, mapping.id, mapping.subset};
    if (mapping.outcomes != OutcomeColumns::prefix() || OutcomeColumns(columns).isEmpty())
        wanted.append(mapping.outcomes);
    for (const QString &each : wanted + mapping.metadata) {
        if (!each.isEmpty() && !columns.contains(each))
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("The file has no column “%1”.").arg(each));
    }
    return {};
}

class Import
{
public:
    Import(RowSource &rows, const ColumnMapping &mapping, DatasetWriter &writer)
        : m_rows(rows)
        , m_mapping(mapping)
        , m_writer(writer)
    {
        if (mapping.outcomes == OutcomeColumns::prefix() &&
            rows.format() == RowSource::Format::Csv && !rows.columns().contains(mapping.outcomes))
            m_outcomes.emplace(rows.columns());
    }

    Result<> run(const ReadProgress &progress, const std::stop_token &stop)
    {
        for (;;) {
            if (stop.stop_requested())
                return fail(ErrorCode::Cancelled, Texts::tr("The import was stopped."));
            const auto more = m_rows.next();
            if (!more)
                return tl::unexpected(more.error());
            if (!*more)
                return {};
            report.gaveUp = report.problems.size() >= kMostProblems;
            if (report.gaveUp)
                return {};
            if (auto taken = takeRow(); !taken)
                return taken;
            if (progress && ++m_taken % kRowsBetweenReports == 0)
                progress(m_rows.bytesRead(), m_rows.fileSize());
        }
    }

    ImportReport report;

private:
    Result<> takeRow()
    {
        const auto prompt = promptOf(m_rows, m_mapping);
        Result<> added = prompt ? m_writer.add(m_rows.number(), *prompt)
                                : Result<>(tl::unexpect, prompt.error());
        if (added && !m_mapping.outcomes.isEmpty())
            added = takeOutcomes();
        if (added)
            return {};
        if (added.error().code != ErrorCode::InvalidInput)
            return added;
        report.problems.append({m_rows.number(), added.error().message});
        return {};
    }

    Result<> takeOutcomes()
    {
        const OutcomeSink take = [this](QByteArrayView model, const Outcome &outcome) {
            return m_writer.addOutcome(model, outcome);
        };
        if (m_outcomes)
            return m_outcomes->read(m_rows, take);
        return m_rows.readOutcomes(m_mapping.outcomes, take);
    }

    RowSource &m_rows; // these three outlive me
    const ColumnMapping &m_mapping;
    DatasetWriter &m_writer;
    std::optional<OutcomeColumns> m_outcomes; // none: they stand in one column
    qint64 m_taken = 0;
};

} // namespace

Result<ImportReport> importDataset(const ImportRequest &request, DatasetStore &store,
                                   const ReadProgress &progress, std::stop_token stop)
{
    if (!request.grader.empty()) {
        if (const auto grader = builtinGraders().create(request.grader); !grader)
            return tl::unexpected(grader.error());
    }
    auto rows = openRows(request.path);
    if (!rows)
        return tl::unexpected(std::move(rows.error()));
    if (auto good = checkMapping(**rows, request.mapping); !good)
        return tl::unexpected(std::move(good.error()));
    auto writer = store.create(request.name, request.grader, QFileInfo(request.path).fileName());
    if (!writer)
        return tl::unexpected(std::move(writer.error()));
    Import import(**rows, request.mapping, *writer);
    if (auto done = import.run(progress, stop); !done)
        return tl::unexpected(std::move(done.error()));
    if (!import.report.problems.isEmpty())
        return import.report;
    if (writer->summary().prompts() == 0)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("“%1” holds no prompts.").arg(writer->summary().source));
    auto dataset = writer->finish();
    if (!dataset)
        return tl::unexpected(std::move(dataset.error()));
    import.report.dataset = std::move(*dataset);
    import.report.repeated = writer->countRepeated();
    return import.report;
}

} // namespace headgate::evaluation
