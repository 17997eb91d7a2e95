#include "app/workbench/document_session.h"
#include "app/workbench/main_window.h"
#include "app/workbench/open_documents.h"
#include "app/workbench/status_strip.h"

#include "core/evaluation/optimizer/known_deployment.h"
#include "core/ledger/ledger_thread.h"
#include "ui/common/number_format.h"
#include "ui/common/panes.h"
#include "ui/editor/build_page.h"
#include "ui/editor/editor_commands/policy_commands.h"
#include "ui/editor/policy_scene.h"
#include "ui/common/artifact_library.h"
#include "ui/evaluate/evaluate_page.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QStackedWidget>
#include <QUndoStack>

// Tuning on outcomes, and what comes of it in the drawing.

namespace headgate::workbench {

namespace {

// A model of the outcomes as the catalog knows it; without a provider where it does not, which the
// drawing then asks for.
policy::Model deploymentOf(const catalog::ModelCatalog &catalog, const QString &name)
{
    policy::Model model = evaluation::knownDeployment(catalog, name);
    if (model.provider == QLatin1StringView(evaluation::kUnknownProvider))
        model.provider.clear();
    return model;
}

} // namespace

QWidget *MainWindow::makeEvaluate()
{
    const auto drawn = [this]() -> const policy::PolicyDocument & {
        return m_session->editor().document();
    };
    const auto deployment = [this](const QString &name) {
        return deploymentOf(m_queries->catalog(), name);
    };
    m_evaluate = new ui::EvaluatePage(m_theme, drawn, deployment, this);
    connect(m_evaluate, &ui::EvaluatePage::openRequested, this, &MainWindow::askForOutcomes);
    connect(m_evaluate, &ui::EvaluatePage::applyRequested, this, &MainWindow::applyCascade);
    connect(m_evaluate, &ui::EvaluatePage::comparisonRequested, this,
            &MainWindow::askForComparison);
    connect(m_evaluate, &ui::EvaluatePage::stepRequested, this,
            [this](int index) { m_session->undoStack().setIndex(index); });
    connect(m_evaluate, &ui::EvaluatePage::drawnMeasured, this, &MainWindow::takeMeasured);
    connect(m_evaluate, &ui::EvaluatePage::importRequested, this, &MainWindow::askForImport);
    connect(m_evaluate, &ui::EvaluatePage::recordRequested, this, [this] { askToRecord({}); });
    connect(m_evaluate, &ui::EvaluatePage::recordMoreRequested, this,
            [this](qint64 cases) { askToRecord(cases); });
    m_evaluate->useArtifacts(m_artifacts->shelf());
    if (m_datasets)
        m_evaluate->useDatasets(*m_datasets);
    if (m_datasets && !m_options.ledgerPath.isEmpty())
        m_evaluate->usePastRuns({m_options.ledgerPath, [this](const ledger::SpendFilter &filter) {
                                     return countRuns(filter);
                                 }});
    ui::setPane(m_evaluate, 0);
    m_stack->addWidget(m_evaluate);
    return m_evaluate;
}

void MainWindow::refreshEvaluate()
{
    if (!m_evaluate || mode() != Mode::Evaluate)
        return;
    QList<ui::NamedPolicy> others;
    for (const DocumentSession *document : m_documents->all()) {
        if (document != m_session)
            others.append({QString::number(quintptr(document), 16), document->name(),
                           document->editor().document()});
    }
    m_evaluate->setOpenPolicies(others);
    m_evaluate->setHistory(pagesOf(m_session)->history);
    m_evaluate->refresh();
}

void MainWindow::askForComparison()
{
    auto *dialog = new QFileDialog(this, tr("Open a policy to compare"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Policies (*.headgate)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        const auto loaded = DocumentSession::read(path);
        if (loaded)
            m_evaluate->addComparison(QFileInfo(path).fileName(), loaded->document);
        else
            tell(loaded.error().message);
    });
    dialog->open();
}

void MainWindow::takeMeasured(const ui::MeasuredPolicyPtr &measured)
{
    pagesOf(m_session)->measured = measured && measured->isMeasured() ? measured : nullptr;
    showCoverage();
}

void MainWindow::showCoverage()
{
    const ui::MeasuredPolicyPtr measured = pagesOf(m_session)->measured;
    ui::DrawingCoverage shown;
    if (!measured || measured->coverage.cases == 0) {
        m_status->setCoverage(std::nullopt);
    } else {
        const evaluation::PolicyCoverage &coverage = measured->coverage;
        shown = {coverage.cases,
                 tr("%1, train and validation part").arg(m_evaluate->outcomesName()),
                 coverage.wires, coverage.nodes};
        m_status->setCoverage(
            coverage.share(),
            tr("%1 of %2 wires are taken by at least one of %3 cases (%4). Wires of errors do not "
               "count: outcomes hold no calls that failed.")
                .arg(ui::formatCount(coverage.takenWires()), ui::formatCount(coverage.wires.size()),
                     ui::formatCount(coverage.cases), shown.origin));
    }
    if (m_build)
        m_build->scene().setCoverage(shown);
}

// A policy of its own, so that nothing that is drawn is lost.
void MainWindow::designFromData()
{
    m_documents->addNew();
    setMode(Mode::Evaluate);
    askForOutcomes();
}

QFuture<Result<QList<ledger::RunTexts>>> MainWindow::countRuns(const ledger::SpendFilter &filter)
{
    ledger::LedgerThread *ledger = m_queries->ledger();
    if (!ledger) // which is not open yet
        return QtFuture::makeReadyFuture(Result<QList<ledger::RunTexts>>());
    return ledger->query([filter](const ledger::Ledger &runs) { return runs.runTexts(filter); });
}

void MainWindow::askForOutcomes()
{
    auto *dialog = new QFileDialog(this, tr("Open outcomes"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters(
        {tr("Outcomes (*.jsonl *.csv *.tsv *.jsonl.gz *.csv.gz *.tsv.gz)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, m_evaluate, &ui::EvaluatePage::openOutcomes);
    dialog->open();
}

void MainWindow::askForImport()
{
    auto *dialog = new QFileDialog(this, tr("Import a data set"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Prompts (*.jsonl *.ndjson *.csv *.tsv *.jsonl.gz *.ndjson.gz "
                               "*.csv.gz *.tsv.gz)"),
                            tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, m_evaluate, &ui::EvaluatePage::importFile);
    dialog->open();
}

void MainWindow::applyCascade(const policy::PolicyDocument &document, const QString &name)
{
    m_session->undoStack().push(new ui::ReplaceDocumentCommand(
        m_session->editor(), document, tr("Apply the cascade %1").arg(name)));
}

} // namespace headgate::workbench
