#include "ui/evaluate/evaluate_page.h"

#include "ui/common/card.h"
#include "ui/common/empty_state.h"
#include "ui/common/message_bar.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"
#include "ui/evaluate/cases_panel.h"
#include "ui/evaluate/dataset_bar.h"
#include "ui/evaluate/front_card.h"
#include "ui/evaluate/history_card.h"
#include "ui/evaluate/policy_meter.h"
#include "ui/evaluate/prompts_panel.h"
#include "ui/evaluate/routed_card.h"
#include "ui/evaluate/saving_card.h"
#include "ui/evaluate/threshold_panel.h"
#include "ui/evaluate/tuning_job.h"
#include "ui/evaluate/wish_bar.h"

#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

// The widgets of the Evaluate page and where they stand.

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kCasesWidth = 580;
constexpr int kSideWidth = 240;
constexpr int kLeastTuningWidth = 620;
constexpr int kFigureColumns = 4;
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
    m_cases = new CasesPanel(m_theme, panel);
    m_prompts = new PromptsPanel(panel);
    m_casesStack = new QStackedWidget(panel);
    m_casesStack->addWidget(m_cases);
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

QWidget *EvaluatePage::makeTuning()
{
    auto *content = new QWidget;
    content->setProperty("role", u"page"_s);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(20, 12, 20, 16);
    column->setSpacing(12);
    column->addWidget(makeToolbar());
    m_wish = new WishBar(content);
    column->addWidget(m_wish);
    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    m_front = new FrontCard(m_theme, content);
    m_plot = &m_front->plot();
    m_more->setMenu(m_front->menu());
    row->addWidget(m_front, 1);
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
    auto *compare = new QPushButton(tr("Compare"), line);
    compare->setObjectName(u"compare"_s);
    compare->setToolTip(tr("Other policies on the plot and among the cases"));
    m_comparisons = new QMenu(compare);
    compare->setMenu(m_comparisons);
    connect(m_comparisons, &QMenu::aboutToShow, this, &EvaluatePage::fillComparisons);
    m_more = new QToolButton(line);
    m_more->setObjectName(u"frontMore"_s);
    m_more->setText(u"⋯"_s);
    m_more->setAccessibleName(tr("More of the front"));
    m_more->setToolTip(tr("Table, CSV, JSON, PNG"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    setRole(m_more, Role::Icon);
    m_search = new QPushButton(tr("Optimise"), line);
    m_search->setObjectName(u"optimise"_s);
    setRole(m_search, Role::Primary);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(title);
    row->addWidget(m_part);
    row->addStretch();
    row->addWidget(m_progress);
    row->addWidget(m_more);
    row->addWidget(compare);
    row->addWidget(m_search);
    connect(m_search, &QPushButton::clicked, this, [this] {
        if (m_job->isRunning()) {
            m_job->cancel();
            return;
        }
        m_message->dismiss();
        searchAnew();
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
    m_onTest->hide();
    setRole(m_onTest, Role::Secondary);
    column->addWidget(m_onTest);
    m_drawnNote = new QLabel(side);
    m_drawnNote->setObjectName(u"drawnNote"_s);
    m_drawnNote->setWordWrap(true);
    setRole(m_drawnNote, Role::Faint);
    m_drawnNote->hide();
    column->addWidget(m_drawnNote);
    m_routed = new RoutedCard(side);
    m_routed->hide();
    column->addWidget(m_routed);
    m_history = new HistoryCard(m_theme, side);
    column->addWidget(m_history);
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
    for (const auto &[card, name] :
         {std::pair(&m_qualityCard, u"qualityFigure"_s), std::pair(&m_costCard, u"costFigure"_s),
          std::pair(&m_shareCard, u"shareFigure"_s),
          std::pair(&m_overpaidCard, u"overpaidFigure"_s),
          std::pair(&m_underservedCard, u"underservedFigure"_s),
          std::pair(&m_searchedCard, u"searchedFigure"_s)}) {
        *card = new FigureCard(m_theme, line);
        (*card)->setObjectName(name);
    }
    for (int column = 0; column < kFigureColumns; ++column)
        m_figures->setColumnStretch(column, 1);
    placeFigures(false);
    m_overpaidCard->setActivatable(tr("Show the cases that were overpaid"));
    m_underservedCard->setActivatable(tr("Show the cases that were underserved"));
    return line;
}

// Four beside each other, then two twice as wide; in a small window two and two.
void EvaluatePage::placeFigures(bool narrow)
{
    const int span = narrow ? 2 : 1;
    int place = 0;
    for (FigureCard *card : {m_qualityCard, m_costCard, m_overpaidCard, m_underservedCard}) {
        const int columns = kFigureColumns / span;
        m_figures->addWidget(card, place / columns, place % columns * span, 1, span);
        ++place;
    }
    const int row = narrow ? 2 : 1;
    m_figures->addWidget(m_shareCard, row, 0, 1, 2);
    m_figures->addWidget(m_searchedCard, row, 2, 1, 2);
}

void EvaluatePage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool narrow = width() < kWidthForAllColumns;
    placeFigures(narrow);
    m_bar->setNarrow(narrow);
    m_prompts->setNarrow(narrow);
    m_cases->setNarrow(narrow);
}

} // namespace headgate::ui
