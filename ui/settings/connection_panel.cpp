#include "ui/settings/connection_panel.h"

#include "ui/common/number_format.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"
#include "ui/settings/offered_models_model.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kLeastRows = 5; // of the table, its header among them

} // namespace

ConnectionPanel::ConnectionPanel(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_test(new QPushButton(tr("Test")))
    , m_result(new QLabel)
    , m_probe(new QPushButton(tr("Try a call")))
    , m_findings(new QLabel)
    , m_note(new QLabel)
    , m_models(new OfferedModelsModel(this))
    , m_table(new QTableView)
{
    m_test->setObjectName(u"testProvider"_s);
    m_test->setAccessibleName(tr("Test the connection"));
    m_test->setToolTip(tr("Asks for the list of models, which costs nothing"));
    m_result->setObjectName(u"testResult"_s);
    m_result->setWordWrap(true);
    m_probe->setObjectName(u"probeCall"_s);
    m_probe->setAccessibleName(tr("Try a call to the selected model"));
    m_probe->setToolTip(
        tr("Sends one call of at most 16 tokens to the selected model, or the first, "
           "to learn how it limits tokens and whether it gives log-probabilities"));
    m_findings->setObjectName(u"probeResult"_s);
    m_findings->setWordWrap(true);
    m_note->setObjectName(u"priceNote"_s);
    m_note->setWordWrap(true);
    setRole(m_note, Role::Faint);
    m_table->setObjectName(u"offeredModels"_s);
    m_table->setAccessibleName(tr("Models of the provider"));
    m_table->setModel(m_models);
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setMinimumHeight(kLeastRows * Theme::kTableRowHeight);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(Theme::kTableRowHeight);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(OfferedModelsModel::NameColumn,
                                                      QHeaderView::Stretch);
    m_table->setColumnWidth(OfferedModelsModel::InputColumn, 92);
    m_table->setColumnWidth(OfferedModelsModel::OutputColumn, 100);
    m_table->setColumnWidth(OfferedModelsModel::SourceColumn, 130);

    auto *top = new QHBoxLayout;
    top->addWidget(m_test, 0, Qt::AlignTop);
    top->addWidget(m_result, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(top);
    auto *second = new QHBoxLayout;
    second->addWidget(m_probe, 0, Qt::AlignTop);
    second->addWidget(m_findings, 1);
    layout->addLayout(second);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_note);
    layout->addStretch();
    connect(m_test, &QPushButton::clicked, this, &ConnectionPanel::testRequested);
    connect(m_probe, &QPushButton::clicked, this, &ConnectionPanel::requestProbe);
    clear();
}

void ConnectionPanel::clear()
{
    m_test->setEnabled(true);
    m_result->clear();
    m_probe->hide();
    m_findings->hide();
    m_table->hide();
    m_note->hide();
}

void ConnectionPanel::setTesting()
{
    m_test->setEnabled(false);
    setRole(m_result, Role::Secondary);
    m_result->setText(tr("Asking for its models…"));
}

void ConnectionPanel::showReport(const providers::ConnectionReport &report)
{
    m_test->setEnabled(true);
    setRole(m_result, report.isGood() ? Role::Secondary : Role::ErrorText);
    if (!report.isGood()) {
        m_result->setText(report.isReachable && !report.isKeyAccepted
                              ? tr("Reachable, but the key is not accepted. %1").arg(report.problem)
                              : report.problem);
        m_probe->hide();
        m_findings->hide();
        m_table->hide();
        m_note->hide();
        return;
    }
    const int count = m_models->rowCount();
    m_result->setText(report.hasKey
                          ? tr("Reachable in %1 · key accepted · %n models", nullptr, count)
                                .arg(formatDuration(report.latency))
                          : tr("Reachable in %1 · no key is asked for · %n models", nullptr, count)
                                .arg(formatDuration(report.latency)));
    m_table->setVisible(count > 0);
    m_probe->setVisible(count > 0);
    m_probe->setEnabled(true);
    setRole(m_findings, Role::Secondary);
    m_findings->setVisible(count > 0);
    m_findings->setText(tr("Not tried yet: how the model chosen below limits tokens, and whether "
                           "it gives log-probabilities. It is one tiny call."));
    updateNote();
}

void ConnectionPanel::requestProbe()
{
    const int row = qMax(0, m_table->currentIndex().row());
    const QString model = m_models->nameAt(row);
    if (!model.isEmpty())
        Q_EMIT probeRequested(model);
}

void ConnectionPanel::setProbing(const QString &model)
{
    m_probe->setEnabled(false);
    setRole(m_findings, Role::Secondary);
    m_findings->setText(tr("Calling %1…").arg(model));
}

void ConnectionPanel::showProbe(const providers::ProbeReport &report)
{
    m_probe->setEnabled(true);
    setRole(m_findings, report.isGood() ? Role::Secondary : Role::ErrorText);
    QStringList sentences = report.findings;
    if (!report.isGood())
        sentences = {tr("Nothing was learnt. %1").arg(report.problem)};
    if (!report.isSent)
        sentences.append(tr("No call was sent."));
    m_findings->setText(sentences.join(u' '));
}

void ConnectionPanel::updateNote()
{
    const int unknown = m_models->unknownPrices();
    m_note->setVisible(m_models->rowCount() > 0);
    m_note->setText(unknown > 0
                        ? tr("Of %n models the price is unknown: what they cost is counted as "
                             "unknown, never as zero. Double-click a price to set your own.",
                             nullptr, unknown)
                        : tr("Double-click a price to set your own."));
}

} // namespace headgate::ui
