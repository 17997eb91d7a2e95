#include "ui/evaluate/prompts_panel.h"

#include "ui/common/theme.h"
#include "ui/evaluate/prompts_model.h"

#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

PromptsPanel::PromptsPanel(QWidget *parent)
    : QWidget(parent)
    , m_model(new PromptsModel(this))
    , m_table(new QTableView(this))
{
    m_table->setObjectName(u"prompts"_s);
    m_table->setAccessibleName(tr("Prompts"));
    m_table->setModel(m_model);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(Theme::kTableRowHeight);
    QHeaderView *columns = m_table->horizontalHeader();
    columns->setHighlightSections(false);
    columns->setSectionResizeMode(PromptsModel::PromptColumn, QHeaderView::Stretch);
    columns->setMinimumSectionSize(40);
    columns->resizeSection(PromptsModel::NumberColumn, 64);
    columns->resizeSection(PromptsModel::ExpectedColumn, 128);
    columns->resizeSection(PromptsModel::PartColumn, 84);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_table);
    connect(m_model, &PromptsModel::failed, this, &PromptsPanel::failed);
}

void PromptsPanel::showDataset(evaluation::DatasetThread &datasets,
                               const evaluation::DatasetSummary &dataset)
{
    m_model->showDataset(datasets, dataset);
    m_table->scrollToTop();
}

void PromptsPanel::setNarrow(bool narrow)
{
    for (const int column : {PromptsModel::NumberColumn, PromptsModel::ExpectedColumn})
        m_table->setColumnHidden(column, narrow);
}

} // namespace headgate::ui
