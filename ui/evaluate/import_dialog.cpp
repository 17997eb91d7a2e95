#include "ui/evaluate/import_dialog.h"

#include "ui/common/fields/field_row.h"
#include "ui/common/message_bar.h"
#include "ui/common/number_format.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"
#include "ui/evaluate/grader_form.h"
#include "ui/evaluate/import_job.h"
#include "ui/evaluate/mapping_form.h"
#include "ui/evaluate/preview_model.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QFrame>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QTableView>
#include <QTableWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr QSize kSize(960, 580);
constexpr int kFormWidth = 330;
constexpr int kPreviewColumnWidth = 190;
constexpr int kProblemsHeight = 168;

// "mmlu.jsonl.gz" is called "mmlu"; where there is one, "mmlu 2".
QString freeName(const QString &path, const QStringList &taken)
{
    QString base = QFileInfo(path).fileName();
    for (const auto &end :
         {".gz"_L1, ".jsonl"_L1, ".ndjson"_L1, ".json"_L1, ".csv"_L1, ".tsv"_L1}) {
        if (base.endsWith(end, Qt::CaseInsensitive))
            base.chop(end.size());
    }
    QString name = base;
    for (int number = 2; taken.contains(name); ++number)
        name = u"%1 %2"_s.arg(base).arg(number);
    return name;
}

QTableWidget *makeProblemTable(QWidget *parent)
{
    auto *table = new QTableWidget(0, 2, parent);
    table->setObjectName(u"problems"_s);
    table->setAccessibleName(ImportDialog::tr("Rows that cannot be imported"));
    table->setHorizontalHeaderLabels({ImportDialog::tr("Row"), ImportDialog::tr("Why")});
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->resizeSection(0, 72);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(Theme::kTableRowHeight);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setShowGrid(false);
    table->setTabKeyNavigation(false);
    return table;
}

} // namespace

ImportDialog::ImportDialog(const Theme &theme, evaluation::DatasetThread &datasets,
                           const QString &path, const QStringList &taken, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_datasets(datasets)
    , m_path(path)
    , m_taken(taken)
    , m_job(new ImportJob(this))
    , m_message(new MessageBar(theme, this))
    , m_progress(new QProgressBar(this))
{
    setObjectName(u"importDialog"_s);
    setWindowTitle(tr("Import a data set"));
    setAccessibleName(tr("Import a data set"));
    resize(kSize);
    m_message->setObjectName(u"importMessage"_s);
    m_progress->setObjectName(u"importProgress"_s);
    m_progress->setAccessibleName(tr("Progress of the import"));
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(160);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(20);
    columns->addWidget(makeForm());
    columns->addWidget(makeFileSide(), 1);
    m_import = new QPushButton(tr("Import"), this);
    m_import->setObjectName(u"import"_s);
    m_import->setDefault(true);
    setRole(m_import, Role::Primary);
    m_close = new QPushButton(tr("Cancel"), this);
    m_close->setObjectName(u"cancelImport"_s);
    m_close->setAutoDefault(false);
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_progress);
    foot->addStretch();
    foot->addWidget(m_import);
    foot->addWidget(m_close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(m_message);
    layout->addLayout(columns, 1);
    layout->addLayout(foot);
    connectJob();
    m_job->preview(path);
    update();
}

ImportDialog::~ImportDialog() = default;

QWidget *ImportDialog::makeForm()
{
    m_form = new QWidget(this);
    auto *nameLabel = new QLabel(tr("Name"), m_form);
    setRole(nameLabel, Role::Secondary);
    m_name = new QLineEdit(freeName(m_path, m_taken), m_form);
    m_name->setObjectName(u"datasetName"_s);
    m_name->setAccessibleName(tr("Name of the data set"));
    nameLabel->setFixedWidth(kFieldLabelWidth);
    nameLabel->setBuddy(m_name);
    m_nameProblem = new QLabel(m_form);
    m_nameProblem->setObjectName(u"nameProblem"_s);
    m_nameProblem->setWordWrap(true);
    setRole(m_nameProblem, Role::ErrorText);
    auto *columnsTitle = new QLabel(tr("Columns"), m_form);
    setRole(columnsTitle, Role::Section);
    m_mapping = new MappingForm(m_form);
    auto *graderTitle = new QLabel(tr("Grading"), m_form);
    setRole(graderTitle, Role::Section);
    m_grader = new GraderForm(m_theme, m_form);
    auto *split = new QLabel(tr("A prompt's own hash puts it into one of three parts, the same in "
                                "every file: 60 % train, 20 % validation, 20 % test."),
                             m_form);
    split->setObjectName(u"split"_s);
    split->setWordWrap(true);
    setRole(split, Role::Faint);

    auto *column = new QVBoxLayout(m_form);
    column->setContentsMargins(0, 0, 8, 0);
    column->setSpacing(8);
    auto *nameRow = new QHBoxLayout;
    nameRow->setSpacing(kFieldLabelGap);
    nameRow->addWidget(nameLabel);
    nameRow->addWidget(m_name, 1);
    column->addLayout(nameRow);
    column->addWidget(m_nameProblem);
    column->addSpacing(8);
    column->addWidget(columnsTitle);
    column->addWidget(m_mapping);
    column->addSpacing(8);
    column->addWidget(graderTitle);
    column->addWidget(m_grader);
    column->addSpacing(8);
    column->addWidget(split);
    column->addStretch();
    auto *scroll = new QScrollArea(this);
    scroll->setWidget(m_form);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFixedWidth(kFormWidth);
    connect(m_name, &QLineEdit::textChanged, this, &ImportDialog::update);
    connect(m_mapping, &MappingForm::changed, this, &ImportDialog::update);
    connect(m_grader, &GraderForm::changed, this, &ImportDialog::update);
    return scroll;
}

QWidget *ImportDialog::makeFileSide()
{
    auto *side = new QWidget(this);
    m_file = new QLabel(QFileInfo(m_path).fileName(), side);
    m_file->setObjectName(u"importFile"_s);
    setRole(m_file, Role::Section);
    m_notes = new QLabel(side);
    m_notes->setObjectName(u"importNotes"_s);
    m_notes->setWordWrap(true);
    setRole(m_notes, Role::WarningText);
    m_notes->hide();
    m_preview = new PreviewModel(this);
    m_table = new QTableView(side);
    m_table->setObjectName(u"preview"_s);
    m_table->setAccessibleName(tr("First rows of the file"));
    m_table->setModel(m_preview);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(Theme::kTableRowHeight);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultSectionSize(kPreviewColumnWidth);
    m_table->horizontalHeader()->setStretchLastSection(true);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_file);
    column->addWidget(m_notes);
    column->addWidget(m_table, 1);
    column->addWidget(makeProblems());
    return side;
}

QWidget *ImportDialog::makeProblems()
{
    m_problemsSide = new QWidget(this);
    m_problemsTitle = new QLabel(m_problemsSide);
    m_problemsTitle->setObjectName(u"problemsTitle"_s);
    m_problemsTitle->setWordWrap(true);
    setRole(m_problemsTitle, Role::ErrorText);
    m_problems = makeProblemTable(m_problemsSide);
    m_problems->setFixedHeight(kProblemsHeight);
    auto *column = new QVBoxLayout(m_problemsSide);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_problemsTitle);
    column->addWidget(m_problems);
    m_problemsSide->hide();
    return m_problemsSide;
}

void ImportDialog::connectJob()
{
    connect(m_job, &ImportJob::previewed, this, &ImportDialog::takePreview);
    connect(m_job, &ImportJob::imported, this, &ImportDialog::takeReport);
    connect(m_job, &ImportJob::progressed, this,
            [this](double share) { m_progress->setValue(int(share * 100)); });
    connect(m_job, &ImportJob::failed, this, [this](const Error &error) {
        m_message->showMessage(MessageBar::Level::Error, error.message);
    });
    connect(m_job, &ImportJob::ended, this, &ImportDialog::update);
    connect(m_import, &QPushButton::clicked, this, &ImportDialog::start);
    connect(m_close, &QPushButton::clicked, this, [this] {
        if (m_job->isRunning() && m_previewed)
            m_job->cancel(); // the import alone
        else
            reject();
    });
}

void ImportDialog::takePreview(const evaluation::ImportPreview &preview)
{
    m_previewed = true;
    m_preview->setPreview(preview);
    m_mapping->setPreview(preview);
    m_notes->setText(preview.notes.join(u'\n'));
    m_notes->setVisible(!preview.notes.isEmpty());
    m_file->setText(preview.format == evaluation::RowSource::Format::Csv
                        ? tr("%1, CSV: the first rows").arg(QFileInfo(m_path).fileName())
                        : tr("%1, JSON lines: the first rows").arg(QFileInfo(m_path).fileName()));
    update();
}

QString ImportDialog::nameProblem() const
{
    const QString name = m_name->text().trimmed();
    if (name.isEmpty())
        return tr("Give the data set a name.");
    if (m_taken.contains(name))
        return tr("There is a data set “%1” already. Choose another name.").arg(name);
    return {};
}

void ImportDialog::update()
{
    const bool importing = m_job->isRunning() && m_previewed;
    m_preview->setMapping(m_mapping->mapping());
    const QString problem = nameProblem();
    m_nameProblem->setText(problem);
    m_nameProblem->setVisible(!problem.isEmpty());
    m_form->setEnabled(m_previewed && !importing);
    m_progress->setVisible(importing);
    m_import->setEnabled(m_previewed && !importing && problem.isEmpty() &&
                         m_mapping->problem().isEmpty() && m_grader->isGood());
    m_close->setText(importing ? tr("Stop") : tr("Cancel"));
}

void ImportDialog::start()
{
    m_message->dismiss();
    m_problemsSide->hide();
    m_progress->setValue(0);
    m_job->importFile(m_datasets, {.path = m_path,
                                   .mapping = m_mapping->mapping(),
                                   .name = m_name->text().trimmed(),
                                   .grader = m_grader->config()});
    update();
}

void ImportDialog::takeReport(const evaluation::ImportReport &report)
{
    if (!report.dataset) {
        showProblems(report);
        return;
    }
    Q_EMIT imported(report);
    accept();
}

void ImportDialog::showProblems(const evaluation::ImportReport &report)
{
    const QString count = formatCount(report.problems.size());
    m_problemsTitle->setText(
        report.gaveUp ? tr("Nothing was imported. These are the first %1 rows that cannot be; mend "
                           "them or choose other columns.")
                            .arg(count)
                      : tr("Nothing was imported, because of the rows below; mend them or choose "
                           "other columns."));
    m_problems->setRowCount(int(report.problems.size()));
    for (int row = 0; row < m_problems->rowCount(); ++row) {
        const evaluation::RowProblem &problem = report.problems[row];
        m_problems->setItem(row, 0, new QTableWidgetItem(formatCount(problem.row)));
        auto *why = new QTableWidgetItem(problem.message);
        why->setToolTip(problem.message);
        m_problems->setItem(row, 1, why);
    }
    m_problemsSide->show();
    m_problems->setFocus(Qt::OtherFocusReason);
}

void ImportDialog::done(int result)
{
    m_job->cancel();
    QDialog::done(result);
}

} // namespace headgate::ui
