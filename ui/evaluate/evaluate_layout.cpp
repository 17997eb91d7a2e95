#include "ui/evaluate/evaluate_page.h"

#include "ui/common/card.h"
#include "ui/common/empty_state.h"
#include "ui/common/message_bar.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"
#include "ui/evaluate/dataset_bar.h"
#include "ui/evaluate/prompts_panel.h"
#include "ui/evaluate/saving_card.h"
#include "ui/evaluate/threshold_panel.h"
#include "ui/evaluate/tuning_job.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

// The widgets of the Evaluate page and where they stand.

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kCasesWidth = 580;
constexpr int kSideWidth = 232;
constexpr int kLeastTuningWidth = 620;
constexpr int kWidthForAllColumns = 1'200; // of the page

} // namespace

QWidget *EvaluatePage::makeContent()
{
    auto *split = new QSplitter(Qt::Horizontal, m_stack);
    split->setHandleWidth(1);
    split->setChildrenCollapsible(false);
    split->addWidget(makeCases());
    m_tuningStack = new QStackedWidget(split);
    m_tuningStack->addWidget(makeTuning());
    m_tuningStack->addWidget(makeRecordHint());
    split->addWidget(m_tuningStack);
    split->setStretchFactor(0, 0);
    split->setStretchFactor(1, 1);
    split->setSizes({kCasesWidth, 800});
    return split;
}

QWidget *EvaluatePage::makeCases()
{
    auto *panel = new QWidget(m_stack);
    setRole(panel, Role::Panel);
    m_bar = new DatasetBar(panel);
    m_cases = new CasesModel(m_theme, this);
    auto *cases = new QWidget(panel);
    QWidget *filters = makeFilters();
    m_table = new QTableView(cases);
    m_table->setObjectName(u"cases"_s);
    m_table->setAccessibleName(tr("Cases"));
    m_table->setModel(m_cases);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(Theme::kTableRowHeight);
    QHeaderView *columns = m_table->horizontalHeader();
    columns->setHighlightSections(false);
    columns->setSectionResizeMode(CasesModel::PromptColumn, QHeaderView::Stretch);
    columns->setMinimumSectionSize(40);
    columns->resizeSection(CasesModel::NumberColumn, 58);
    columns->resizeSection(CasesModel::BeforeColumn, 64);
    columns->resizeSection(CasesModel::NewColumn, 52);
    columns->resizeSection(CasesModel::RouteColumn, 128);
    columns->resizeSection(CasesModel::CostColumn, 108);

    auto *column = new QVBoxLayout(cases);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(filters);
    column->addWidget(m_table, 1);
    m_prompts = new PromptsPanel(panel);
    m_casesStack = new QStackedWidget(panel);
    m_casesStack->addWidget(cases);
    m_casesStack->addWidget(m_prompts);
    auto *layout = new QVBoxLayout(panel);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_casesStack, 1);
    return panel;
}

QWidget *EvaluatePage::makeRecordHint()
{
    m_recordHint = new EmptyState(u"evaluate"_s, m_theme, m_stack);
    m_recordHint->setProperty("role", u"page"_s);
    return m_recordHint;
}

QWidget *EvaluatePage::makeFilters()
{
    auto *line = new QWidget(m_stack);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(12, 6, 12, 6);
    m_filters = new QButtonGroup(this);
    const auto add = [&](CasesModel::Filter filter, const QString &name, const QString &text) {
        auto *button = new QPushButton(text, line);
        button->setObjectName(name);
        button->setCheckable(true);
        button->setChecked(filter == CasesModel::Filter::All);
        m_filters->addButton(button, int(filter));
        row->addWidget(button);
    };
    add(CasesModel::Filter::All, u"filterAll"_s, tr("all"));
    add(CasesModel::Filter::Failed, u"filterFailed"_s, tr("failed"));
    add(CasesModel::Filter::Flipped, u"filterFlipped"_s, tr("flipped"));
    m_against = new QLabel(line);
    m_against->setObjectName(u"against"_s);
    m_against->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_against->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    setRole(m_against, Role::Secondary);
    row->addWidget(m_against, 1);
    connect(m_filters, &QButtonGroup::idClicked, this,
            [this](int id) { m_cases->setFilter(CasesModel::Filter(id)); });
    return line;
}

QWidget *EvaluatePage::makeTuning()
{
    auto *content = new QWidget;
    content->setProperty("role", u"page"_s);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(20, 12, 20, 16);
    column->setSpacing(12);
    column->addWidget(makeToolbar());
    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    auto *card = new Card({}, content);
    m_plot = new FrontPlot(m_theme, card);
    card->body()->addWidget(m_plot);
    row->addWidget(card, 1);
    row->addWidget(makeSide());
    column->addLayout(row, 1);
    column->addWidget(makeFigures());
    connect(m_plot, &FrontPlot::pointChosen, this, &EvaluatePage::choosePoint);
    auto *scroll = new QScrollArea(m_stack);
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setMinimumWidth(kLeastTuningWidth); // in a small window the cases give way
    return scroll;
}

QWidget *EvaluatePage::makeToolbar()
{
    auto *line = new QWidget(m_stack);
    auto *title = new QLabel(tr("Quality over cost"), line);
    setRole(title, Role::Section);
    m_part = new QLabel(line);
    setRole(m_part, Role::Secondary);
    m_progress = new QProgressBar(line);
    m_progress->setObjectName(u"progress"_s);
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(120);
    m_progress->hide();
    m_stages = new QComboBox(line);
    m_stages->setObjectName(u"stages"_s);
    m_stages->setAccessibleName(tr("Stages of a cascade"));
    m_stages->setToolTip(tr("How many models a cascade may ask one after the other"));
    m_stages->addItem(tr("single models"), 1);
    m_stages->addItem(tr("at most 2 stages"), 2);
    m_stages->addItem(tr("at most 3 stages"), 3);
    m_stages->setCurrentIndex(2);
    m_search = new QPushButton(tr("Optimise"), line);
    m_search->setObjectName(u"optimise"_s);
    setRole(m_search, Role::Primary);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(title);
    row->addWidget(m_part);
    row->addStretch();
    row->addWidget(m_progress);
    row->addWidget(m_stages);
    row->addWidget(m_search);
    connect(m_search, &QPushButton::clicked, this, [this] {
        if (m_job->isRunning()) {
            m_job->cancel();
            return;
        }
        m_message->dismiss();
        search();
    });
    return line;
}

QWidget *EvaluatePage::makeSide()
{
    auto *side = new QWidget(m_stack);
    side->setFixedWidth(kSideWidth);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);

    m_saving = new SavingCard(m_theme, side);
    column->addWidget(m_saving, 0, Qt::AlignTop);

    auto *gates = new Card({}, side);
    m_thresholds = new ThresholdPanel(gates);
    m_noGates =
        new QLabel(tr("One model answers everything; there is no threshold to move."), gates);
    m_noGates->setWordWrap(true);
    setRole(m_noGates, Role::Faint);
    gates->body()->addWidget(m_thresholds);
    gates->body()->addWidget(m_noGates);
    gates->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    column->addWidget(gates, 0, Qt::AlignTop);
    connect(m_thresholds, &ThresholdPanel::thresholdChanged, this, &EvaluatePage::moveThreshold);

    m_apply = new QPushButton(tr("Apply"), side);
    m_apply->setObjectName(u"apply"_s);
    m_apply->setToolTip(tr("Draw this cascade in the policy that is open, as one step that can be "
                           "undone"));
    setRole(m_apply, Role::Primary);
    m_revert = new QPushButton(tr("Revert"), side);
    m_revert->setObjectName(u"revert"_s);
    m_revert->setToolTip(tr("Go back to what is drawn, or to what was chosen"));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_apply);
    buttons->addWidget(m_revert);
    buttons->addStretch();
    column->addLayout(buttons);
    m_onTest = new QLabel(side);
    m_onTest->setObjectName(u"onTest"_s);
    m_onTest->setWordWrap(true);
    setRole(m_onTest, Role::Secondary);
    column->addWidget(m_onTest);
    column->addStretch();
    connect(m_apply, &QPushButton::clicked, this, &EvaluatePage::apply);
    connect(m_revert, &QPushButton::clicked, this, &EvaluatePage::revert);
    return side;
}

QWidget *EvaluatePage::makeFigures()
{
    auto *line = new QWidget(m_stack);
    m_figures = new QGridLayout(line);
    m_figures->setContentsMargins(0, 0, 0, 0);
    m_figures->setSpacing(12);
    for (FigureCard **card : {&m_qualityCard, &m_costCard, &m_shareCard, &m_searchedCard})
        *card = new FigureCard(m_theme, line);
    placeFigures(false);
    m_qualityCard->setObjectName(u"qualityFigure"_s);
    m_costCard->setObjectName(u"costFigure"_s);
    m_shareCard->setObjectName(u"shareFigure"_s);
    m_searchedCard->setObjectName(u"searchedFigure"_s);
    return line;
}

void EvaluatePage::placeFigures(bool narrow)
{
    int place = 0;
    for (FigureCard *card : {m_qualityCard, m_costCard, m_shareCard, m_searchedCard}) {
        m_figures->addWidget(card, narrow ? place / 2 : 0, narrow ? place % 2 : place);
        ++place;
    }
}

void EvaluatePage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool narrow = width() < kWidthForAllColumns;
    placeFigures(narrow);
    m_bar->setNarrow(narrow);
    m_prompts->setNarrow(narrow);
    m_against->setVisible(!narrow);
    for (const int column : {CasesModel::NumberColumn, CasesModel::RouteColumn})
        m_table->setColumnHidden(column, narrow);
}

} // namespace headgate::ui
