#include "core/common/when_ready.h"
#include "core/evaluation/datasets/dataset_thread.h"
#include "ui/common/empty_state.h"
#include "ui/common/message_bar.h"
#include "ui/common/number_format.h"
#include "ui/evaluate/dataset_bar.h"
#include "ui/evaluate/dataset_name_dialog.h"
#include "ui/evaluate/evaluate_page.h"
#include "ui/evaluate/grader_dialog.h"
#include "ui/evaluate/import_dialog.h"
#include "ui/evaluate/import_job.h"
#include "ui/evaluate/prompts_panel.h"
#include "ui/evaluate/saving_card.h"
#include "ui/evaluate/tuning_job.h"

#include <QMessageBox>
#include <QMetaMethod>
#include <QPushButton>
#include <QRegularExpression>
#include <QStackedWidget>

// Which data set or file the Evaluate page shows, and what becomes of one without outcomes.

using namespace Qt::StringLiterals;

namespace headgate::ui {

using evaluation::DatasetId;
using evaluation::DatasetStore;
using evaluation::DatasetSummary;

void EvaluatePage::connectDatasetBar()
{
    connect(m_bar, &DatasetBar::recordRequested, this, &EvaluatePage::requestRecording);
    connect(&m_bar->menu(), &DatasetMenu::datasetChosen, this, &EvaluatePage::openDataset);
    connect(&m_bar->menu(), &DatasetMenu::fileRequested, this, &EvaluatePage::openRequested);
    connect(&m_bar->menu(), &DatasetMenu::importRequested, this, &EvaluatePage::importRequested);
    connect(&m_bar->menu(), &DatasetMenu::runsRequested, this, &EvaluatePage::importPastRuns);
    connect(&m_bar->menu(), &DatasetMenu::renameRequested, this, &EvaluatePage::askForName);
    connect(&m_bar->menu(), &DatasetMenu::gradingRequested, this, &EvaluatePage::askForGrader);
    connect(&m_bar->menu(), &DatasetMenu::removeRequested, this, &EvaluatePage::askToRemove);
    connect(m_prompts, &PromptsPanel::failed, this, [this](const QString &sentence) {
        m_message->showMessage(MessageBar::Level::Error, sentence);
    });
    offerDatasets();
}

void EvaluatePage::useDatasets(evaluation::DatasetThread &datasets)
{
    m_datasets = &datasets;
    m_bar->menu().setCanImport(true);
    offerDatasets();
    connect(m_datasets, &evaluation::DatasetThread::changed, this, &EvaluatePage::listDatasets);
    listDatasets();
}

void EvaluatePage::listDatasets()
{
    const auto list = m_datasets->ask([](DatasetStore &store) { return store.datasets(); });
    whenReady(list, this, [this](const Result<QList<DatasetSummary>> &datasets) {
        if (!datasets) {
            tellStoreProblem(datasets.error());
            return;
        }
        m_bar->menu().setDatasets(*datasets);
        offerDatasets();
    });
}

void EvaluatePage::tellStoreProblem(const Error &error)
{
    if (error.code != ErrorCode::Damaged) {
        m_message->showMessage(MessageBar::Level::Error, error.message);
        return;
    }
    m_message->showMessage(
        MessageBar::Level::Error, error.message, tr("Set it aside and begin a new one"), [this] {
            whenReady(m_datasets->setAside(), this, [this](const Result<QString> &name) {
                if (name)
                    m_message->showMessage(
                        MessageBar::Level::Information,
                        tr("The damaged file is kept as “%1”; a new one is begun.").arg(*name));
                else
                    m_message->showMessage(MessageBar::Level::Error, name.error().message);
                m_datasets->tellChanged();
            });
        });
}

void EvaluatePage::offerDatasets()
{
    const bool some = !m_bar->menu().datasets().isEmpty();
    // What is there already stays: it may have focus.
    const auto offered = std::optional(std::pair(some, m_datasets != nullptr));
    if (offered == m_offered)
        return;
    m_offered = offered;
    m_empty->clearActions();
    if (some) {
        QPushButton *choose = m_empty->addAction(tr("Choose a data set"));
        choose->setObjectName(u"chooseDataset"_s);
        choose->setMenu(&m_bar->menu());
    }
    QPushButton *open = m_empty->addAction(tr("Open outcomes…"));
    open->setObjectName(u"openOutcomes"_s);
    connect(open, &QPushButton::clicked, this, &EvaluatePage::openRequested);
    if (!m_datasets)
        return;
    QPushButton *import = m_empty->addAction(tr("Import prompts…"));
    import->setObjectName(u"importPrompts"_s);
    import->setToolTip(tr("A file of prompts, with or without expected answers and outcomes"));
    connect(import, &QPushButton::clicked, this, &EvaluatePage::importRequested);
    if (some || !m_pastRuns) // then the menu offers them
        return;
    QPushButton *runs = m_empty->addAction(tr("From past runs…"));
    runs->setObjectName(u"importPastRuns"_s);
    connect(runs, &QPushButton::clicked, this, &EvaluatePage::importPastRuns);
}

void EvaluatePage::usePastRuns(const PastRuns &runs)
{
    m_pastRuns = runs;
    m_bar->menu().setHasRuns(true);
    m_offered.reset();
    offerDatasets();
}

QStringList EvaluatePage::takenNames() const
{
    QStringList taken;
    for (const DatasetSummary &each : m_bar->menu().datasets())
        taken.append(each.name);
    return taken;
}

void EvaluatePage::importPastRuns()
{
    auto *dialog = new RunImportDialog(m_theme, *m_datasets, *m_pastRuns, takenNames(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RunImportDialog::imported, this,
            [this](const evaluation::RunImportReport &report) {
                tellImported({.dataset = report.dataset});
            });
    dialog->open();
}

bool EvaluatePage::isCaseFile(const QString &path)
{
    static const QRegularExpression name(u"\\.(jsonl|ndjson|csv|tsv)(\\.gz)?$"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    return path.contains(name);
}

void EvaluatePage::openDropped(const QString &path)
{
    if (!m_datasets) {
        openOutcomes(path);
        return;
    }
    m_message->dismiss();
    delete m_look;
    m_look = new ImportJob(this);
    connect(m_look, &ImportJob::previewed, this,
            [this, path](const evaluation::ImportPreview &preview) {
                const bool lines = preview.format == evaluation::RowSource::Format::JsonLines;
                if (lines && !preview.guess.outcomes.isEmpty())
                    openOutcomes(path);
                else
                    importFile(path);
            });
    connect(m_look, &ImportJob::failed, this, [this](const Error &error) {
        m_message->showMessage(MessageBar::Level::Error, error.message);
    });
    m_look->preview(path);
}

void EvaluatePage::importFile(const QString &path)
{
    auto *dialog = new ImportDialog(m_theme, *m_datasets, path, takenNames(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ImportDialog::imported, this, &EvaluatePage::tellImported);
    dialog->open();
}

void EvaluatePage::tellImported(const evaluation::ImportReport &report)
{
    m_datasets->tellChanged();
    openDataset(report.dataset->id);
    const QString name = report.dataset->name;
    const QString count = formatCount(report.dataset->prompts());
    m_message->showMessage(MessageBar::Level::Information,
                           report.repeated == 0
                               ? tr("“%1” is imported: %2 prompts.").arg(name, count)
                               : tr("“%1” is imported: %2 prompts, of which %3 repeat the text of "
                                    "one before them.")
                                     .arg(name, count, formatCount(report.repeated)));
}

void EvaluatePage::askForName()
{
    if (!m_dataset)
        return;
    QStringList taken;
    for (const DatasetSummary &each : m_bar->menu().datasets()) {
        if (each.id != m_dataset->id)
            taken.append(each.name);
    }
    auto *dialog = new DatasetNameDialog(m_dataset->name, taken, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &DatasetNameDialog::named, dialog,
            [this, dialog, id = m_dataset->id](const QString &name) {
                const auto renamed = m_datasets->ask(
                    [id, name](DatasetStore &store) { return store.rename(id, name); });
                whenReady(renamed, dialog, [this, dialog, id, name](const Result<> &done) {
                    if (!done) {
                        dialog->showProblem(done.error().message);
                        return;
                    }
                    if (m_dataset && m_dataset->id == id) {
                        m_dataset->name = name;
                        m_bar->setName(name);
                    }
                    m_datasets->tellChanged();
                    dialog->accept();
                });
            });
    dialog->open();
}

void EvaluatePage::askForGrader()
{
    if (!m_dataset)
        return;
    auto *dialog =
        new GraderDialog(m_theme, m_dataset->name, m_dataset->grader, m_dataset->hasOutcomes, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &GraderDialog::chosen, dialog,
            [this, dialog, dataset = *m_dataset](const Json &grader) {
                const auto set = m_datasets->ask([id = dataset.id, grader](DatasetStore &store) {
                    return store.setGrader(id, grader);
                });
                whenReady(set, dialog,
                          [this, dialog, dataset, grader](const Result<qint64> &forgotten) {
                              if (!forgotten) {
                                  dialog->showProblem(forgotten.error().message);
                                  return;
                              }
                              dialog->accept();
                              takeGrader(dataset.id, grader, *forgotten);
                          });
            });
    dialog->open();
}

void EvaluatePage::takeGrader(DatasetId id, const Json &grader, qint64 forgotten)
{
    m_datasets->tellChanged();
    if (!m_dataset || m_dataset->id != id)
        return;
    m_dataset->grader = grader;
    // Nothing was measured by the former one: what is shown stands.
    if (!m_dataset->hasOutcomes || (m_outcomes && forgotten == 0))
        return;
    showPrompts(DatasetSummary(*m_dataset));
    m_message->showMessage(MessageBar::Level::Information,
                           tr("The grader is set. Recording grades the answers that are there, and "
                              "asks no model for them again."),
                           tr("Record…"), [this] { requestRecording(); });
}

void EvaluatePage::askToRemove()
{
    if (!m_dataset)
        return;
    const DatasetSummary dataset = *m_dataset;
    auto *box = new QMessageBox(
        QMessageBox::NoIcon, tr("Remove the data set"),
        tr("Remove “%1” with its %2 prompts and everything that was recorded on them?")
            .arg(dataset.name, formatCount(dataset.prompts())),
        QMessageBox::Cancel, this);
    box->setObjectName(u"removeQuestion"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("This cannot be undone. What the recording cost is spent."));
    QPushButton *remove = box->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    remove->setObjectName(u"remove"_s);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(remove, &QPushButton::clicked, this, [this, dataset] { removeDataset(dataset); });
    box->open();
}

void EvaluatePage::removeDataset(const DatasetSummary &dataset)
{
    const auto removed =
        m_datasets->ask([id = dataset.id](DatasetStore &store) { return store.remove(id); });
    whenReady(removed, this, [this, dataset](const Result<> &done) {
        if (!done) {
            tellStoreProblem(done.error());
            return;
        }
        if (m_dataset && m_dataset->id == dataset.id) {
            m_job->cancel();
            m_outcomes.reset();
            m_here.reset();
            showSource({}, {});
            m_stack->setCurrentIndex(0);
        }
        m_datasets->tellChanged();
        m_message->showMessage(MessageBar::Level::Information,
                               tr("“%1” is removed.").arg(dataset.name));
    });
}

void EvaluatePage::openDataset(DatasetId id)
{
    if (!m_datasets)
        return;
    m_message->dismiss();
    m_standing.reset();
    loadDataset(id);
}

void EvaluatePage::loadDataset(DatasetId id)
{
    const auto found = m_datasets->ask([id](DatasetStore &store) { return store.dataset(id); });
    whenReady(found, this, [this](const Result<DatasetSummary> &dataset) {
        if (!dataset)
            tellStoreProblem(dataset.error());
        else if (dataset->hasOutcomes)
            readDataset(*dataset);
        else
            showPrompts(*dataset);
    });
}

void EvaluatePage::readDataset(const DatasetSummary &dataset)
{
    m_opening = dataset;
    const auto load =
        [datasets = m_datasets,
         dataset](const evaluation::ReadProgress &,
                  const std::stop_token &stop) -> Result<std::shared_ptr<const LoadedOutcomes>> {
        auto reading = datasets->ask(
            // With the answers: gates of a drawing may judge their text.
            [id = dataset.id, stop](DatasetStore &store) {
                return store.outcomes(id, {.prompts = true, .answers = true}, stop);
            });
        Result<evaluation::OutcomeTable> table = reading.takeResult(); // waits
        if (!table)
            return tl::unexpected(table.error());
        const auto loaded =
            std::make_shared<LoadedOutcomes>(*prepareOutcomes(dataset.name, std::move(*table)));
        if (!loaded->problem.isEmpty())
            return fail(ErrorCode::InvalidInput, loaded->problem);
        loaded->dataset = dataset;
        return loaded;
    };
    m_job->load(load);
    setBusy(true);
}

void EvaluatePage::showPrompts(const DatasetSummary &dataset)
{
    m_job->cancel();
    m_opening.reset();
    forgetOutcomes();
    showSource(dataset.name, dataset);
    const QList<QString> counts{formatCount(dataset.prompts()), formatCount(dataset.train),
                                formatCount(dataset.validation), formatCount(dataset.test)};
    m_bar->setCounts(
        tr("%1 prompts").arg(counts[0]),
        tr("train %1 · validation %2 · test %3").arg(counts[1], counts[2], counts[3]),
        tr("%1 prompts: %2 train, %3 choose, %4 test. A prompt's own hash says which part it is "
           "in.")
            .arg(counts[0], counts[1], counts[2], counts[3]));
    m_prompts->showDataset(*m_datasets, dataset);
    m_recordHint->clearActions();
    m_recordHint->setSentence(
        dataset.hasOutcomes
            ? tr("What was recorded does not yet suffice to compare cascades: record every model "
                 "on the same prompts.")
            : tr("These prompts have no outcomes yet: record what your models answer, what it "
                 "costs and how long it takes."));
    QPushButton *record = m_recordHint->addAction(tr("Record…"));
    record->setObjectName(u"recordFirst"_s);
    const QString reason = reasonAgainstRecording();
    record->setEnabled(reason.isEmpty());
    record->setToolTip(reason);
    connect(record, &QPushButton::clicked, this, &EvaluatePage::requestRecording);
    m_casesStack->setCurrentIndex(1);
    m_tuningStack->setCurrentIndex(1);
    m_stack->setCurrentIndex(1);
}

void EvaluatePage::showSource(const QString &name, const std::optional<DatasetSummary> &dataset)
{
    m_dataset = dataset;
    m_bar->setName(name);
    m_saving->setCanRecord(dataset.has_value());
    m_bar->menu().setCurrent(dataset ? std::optional(dataset->id) : std::nullopt);
    m_bar->setReasonAgainstRecording(reasonAgainstRecording());
}

QString EvaluatePage::reasonAgainstRecording() const
{
    if (!m_dataset)
        return tr("A file holds what was recorded elsewhere. Import it as a data set to record "
                  "more models on its prompts.");
    if (m_dataset->prompts() == 0)
        return tr("The data set has no prompts, so there is nothing to record.");
    if (!isSignalConnected(QMetaMethod::fromSignal(&EvaluatePage::recordRequested)))
        return tr("Recording is not available here.");
    return {};
}

void EvaluatePage::requestRecording()
{
    if (reasonAgainstRecording().isEmpty())
        Q_EMIT recordRequested(m_dataset->id);
}

void EvaluatePage::reloadDataset(DatasetId id)
{
    if (!m_dataset || m_dataset->id != id)
        return;
    if (m_here) { // else it is being read already
        m_standing = Standing{{}, *m_here};
        for (int stage = 0; stage < m_here->stages; ++stage)
            m_standing->models.append(
                m_outcomes->validation.models[size_t(m_here->model[size_t(stage)])].name);
    }
    loadDataset(id);
}

} // namespace headgate::ui
