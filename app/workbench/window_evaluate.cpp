#include "app/workbench/document_session.h"
#include "app/workbench/main_window.h"

#include "core/evaluation/optimizer/known_deployment.h"
#include "ui/common/panes.h"
#include "ui/editor/editor_commands/policy_commands.h"
#include "ui/evaluate/evaluate_page.h"

#include <QFileDialog>
#include <QStackedWidget>
#include <QUndoStack>

// Tuning on outcomes, and what comes of it in the drawing.

namespace headgate::workbench {

namespace {

// A model of the outcomes as the catalog knows it; without a provider where it does not, which the
// drawing then asks for.
policy::Model deploymentOf(const QString &name)
{
    static const catalog::ModelCatalog catalog = catalog::ModelCatalog::bundled();
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
    m_evaluate = new ui::EvaluatePage(m_theme, drawn, deploymentOf, this);
    connect(m_evaluate, &ui::EvaluatePage::openRequested, this, &MainWindow::askForOutcomes);
    connect(m_evaluate, &ui::EvaluatePage::applyRequested, this, &MainWindow::applyCascade);
    connect(m_evaluate, &ui::EvaluatePage::importRequested, this, &MainWindow::askForImport);
    connect(m_evaluate, &ui::EvaluatePage::recordRequested, this, [this] { askToRecord({}); });
    if (m_datasets)
        m_evaluate->useDatasets(*m_datasets);
    ui::setPane(m_evaluate, 0);
    m_stack->addWidget(m_evaluate);
    return m_evaluate;
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
