#include "core/evaluation/datasets/run_import.h"

#include "core/evaluation/graders/grader.h"
#include "core/evaluation/texts.h"
#include "core/ledger/ledger.h"

namespace headgate::evaluation {

namespace {

constexpr int kRunsAPage = 500;

DatasetPrompt promptFromRun(const engine::RunTrace &run)
{
    DatasetPrompt prompt{.id = run.id, .prompt = run.query.prompt()};
    const bool alone = run.query.messages.size() == 1 && run.query.messages.first().extra.empty();
    if (!alone)
        prompt.messages = run.query.messages;
    prompt.subset = run.policyName;
    prompt.metadata = run.query.metadata;
    return prompt;
}

class RunImport
{
public:
    RunImport(const ledger::Ledger &ledger, const ledger::SpendFilter &filter,
              DatasetWriter &writer)
        : m_ledger(ledger)
        , m_filter(filter)
        , m_writer(writer)
    {
        // Runs that are recorded meanwhile would move the pages.
        if (!m_filter.to.isValid())
            m_filter.to = QDateTime::currentDateTimeUtc().addMSecs(1);
    }

    Result<> run(const std::function<void(qint64)> &progress, const std::stop_token &stop)
    {
        for (int offset = 0;; offset += kRunsAPage) {
            const auto page = m_ledger.runs(m_filter, kRunsAPage, offset);
            if (!page)
                return tl::unexpected(page.error());
            for (const ledger::RunSummary &each : *page) {
                if (stop.stop_requested())
                    return fail(ErrorCode::Cancelled, Texts::tr("The import was stopped."));
                if (auto taken = takeRun(each.id); !taken)
                    return taken;
            }
            if (progress)
                progress(offset + page->size());
            if (page->size() < kRunsAPage)
                return {};
        }
    }

    qint64 withoutTexts = 0;

private:
    Result<> takeRun(const QString &id)
    {
        const auto run = m_ledger.run(id);
        if (!run)
            return tl::unexpected(run.error());
        const DatasetPrompt prompt = promptFromRun(*run);
        if (prompt.prompt.trimmed().isEmpty()) {
            ++withoutTexts;
            return {};
        }
        return m_writer.add(++m_row, prompt);
    }

    const ledger::Ledger &m_ledger; // outlives me, as the writer does
    ledger::SpendFilter m_filter;
    DatasetWriter &m_writer;
    qint64 m_row = 0;
};

} // namespace

Result<RunImportReport> importRuns(const RunImportRequest &request, const ledger::Ledger &ledger,
                                   DatasetStore &store,
                                   const std::function<void(qint64 runs)> &progress,
                                   std::stop_token stop)
{
    if (!request.grader.empty()) {
        if (const auto grader = builtinGraders().create(request.grader); !grader)
            return tl::unexpected(grader.error());
    }
    auto writer = store.create(request.name, request.grader, Texts::tr("runs of the ledger"));
    if (!writer)
        return tl::unexpected(std::move(writer.error()));
    RunImport import(ledger, request.filter, *writer);
    if (auto done = import.run(progress, stop); !done)
        return tl::unexpected(std::move(done.error()));
    if (writer->summary().prompts() == 0)
        return fail(ErrorCode::NotFound,
                    Texts::tr("No run has its prompt: texts were not kept, or there are no runs."));
    auto dataset = writer->finish();
    if (!dataset)
        return tl::unexpected(std::move(dataset.error()));
    return RunImportReport{std::move(*dataset), import.withoutTexts};
}

} // namespace headgate::evaluation
