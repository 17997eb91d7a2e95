#include "ui/savings/savings_page.h"

#include "ui/common/card.h"
#include "ui/common/chart.h"
#include "ui/common/empty_state.h"
#include "ui/common/icons.h"
#include "ui/common/message_bar.h"
#include "ui/common/number_format.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"
#include "ui/savings/answered_by.h"
#include "ui/savings/run_table_model.h"
#include "ui/savings/savings_cards.h"
#include "ui/savings/savings_filter_bar.h"

#include <QFutureWatcher>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QTimeZone>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

// A saving is good, a loss is bad; the sign says it, too.
class SavedDelegate final : public QStyledItemDelegate
{
public:
    SavedDelegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const bool loss = index.data(RunTableModel::LossRole).toBool();
        option->palette.setColor(QPalette::Text, m_theme.color(loss ? Token::Bad : Token::Good));
    }

private:
    const Theme &m_theme;
};

} // namespace

SavingsPage::SavingsPage(Theme &theme, Load load, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_load(std::move(load))
    , m_filter(new SavingsFilterBar(this))
    , m_message(new MessageBar(theme, this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(u"savings"_s, theme, this))
{
    setAccessibleName(tr("Savings"));
    auto *waiting = new QWidget(m_stack);
    m_stack->addWidget(waiting);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(makeReport());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_filter);
    layout->addWidget(m_message);
    layout->addWidget(m_stack, 1);
    m_filter->hide();
    connect(m_filter, &SavingsFilterBar::changed, this, &SavingsPage::refresh);
}

QWidget *SavingsPage::makeReport()
{
    auto *content = new QWidget;
    content->setProperty("role", u"page"_s);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(14);
    m_cards = new SavingsCards(m_theme, content);
    column->addWidget(m_cards);
    column->addWidget(makeChart(), 3);
    auto *row = new QHBoxLayout;
    row->setSpacing(14);
    row->addWidget(makeAnswers(), 2);
    row->addWidget(makeRuns(), 5);
    column->addLayout(row, 2);
    auto *scroll = new QScrollArea(m_stack);
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    return scroll;
}

Card *SavingsPage::makeChart()
{
    m_chartCard = new Card(tr("Cumulative cost"), this);
    m_chartCard->setNote(tr("time zone %1").arg(QString::fromUtf8(QTimeZone::systemTimeZoneId())));
    m_chart = new Chart(m_theme, m_chartCard);
    m_chart->setMinimumHeight(190);
    auto *more = new QToolButton(m_chartCard);
    setRole(more, Role::Icon);
    more->setIcon(themedIcon(u"more"_s, m_theme));
    more->setToolTip(tr("Table, PNG, SVG, CSV"));
    more->setAccessibleName(tr("Chart menu"));
    more->setPopupMode(QToolButton::InstantPopup);
    more->setMenu(m_chart->menu());
    m_chartCard->header()->addWidget(more);
    m_chartCard->body()->addWidget(m_chart);
    connect(m_chart, &Chart::pointActivated, this, &SavingsPage::showRun);
    connect(m_chart, &Chart::exportFailed, this, [this](const QString &sentence) {
        m_message->showMessage(MessageBar::Level::Error, sentence);
    });
    return m_chartCard;
}

Card *SavingsPage::makeAnswers()
{
    auto *card = new Card(tr("Answered by"), this);
    m_answers = new AnsweredBy(m_theme, card);
    m_unpriced = new QLabel(card);
    m_unpriced->setObjectName(u"unpriced"_s);
    m_unpriced->setWordWrap(true);
    setRole(m_unpriced, Role::Secondary);
    m_recordings = new QLabel(card);
    m_recordings->setObjectName(u"recordings"_s);
    m_recordings->setWordWrap(true);
    setRole(m_recordings, Role::Secondary);
    card->body()->addWidget(m_answers);
    card->body()->addWidget(m_unpriced);
    card->body()->addWidget(m_recordings);
    card->body()->addStretch();
    return card;
}

Card *SavingsPage::makeRuns()
{
    m_runsCard = new Card(tr("Runs"), this);
    m_runs = new RunTableModel(this);
    m_sorted = new QSortFilterProxyModel(this);
    m_sorted->setSourceModel(m_runs);
    m_sorted->setSortRole(RunTableModel::SortRole);
    m_table = new QTableView(m_runsCard);
    m_table->setObjectName(u"runs"_s);
    m_table->setAccessibleName(tr("Runs behind the figures"));
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(Theme::kTableRowHeight);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(RunTableModel::PathColumn,
                                                      QHeaderView::Stretch);
    m_table->setItemDelegateForColumn(RunTableModel::SavedColumn,
                                      new SavedDelegate(m_theme, m_table));
    m_table->setMinimumHeight(150);
    const auto addOrder = [this](const QString &text, const QString &name, int column) {
        auto *button = new QPushButton(text, m_runsCard);
        button->setObjectName(name);
        button->setAccessibleName(tr("Sort runs: %1").arg(text));
        setRole(button, Role::Link);
        m_runsCard->header()->addWidget(button);
        connect(button, &QPushButton::clicked, this,
                [this, column] { m_table->sortByColumn(column, Qt::DescendingOrder); });
    };
    addOrder(tr("Newest"), u"newest"_s, RunTableModel::TimeColumn);
    addOrder(tr("Most expensive"), u"mostExpensive"_s, RunTableModel::CostColumn);
    m_table->sortByColumn(RunTableModel::TimeColumn, Qt::DescendingOrder);
    m_runsCard->body()->addWidget(m_table);
    return m_runsCard;
}

void SavingsPage::refresh()
{
    if (m_loading) {
        m_again = true;
        return;
    }
    m_loading = true;
    auto *watcher = new QFutureWatcher<Result<SavingsReport>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] {
        watcher->deleteLater();
        m_loading = false;
        const bool again = std::exchange(m_again, false);
        if (again)
            refresh(); // the answer is out of date
        else if (watcher->future().resultCount() > 0)
            take(watcher->result());
    });
    watcher->setFuture(m_load(m_filter->filter(), QDateTime::currentDateTime()));
}

void SavingsPage::take(const Result<SavingsReport> &report)
{
    if (report) {
        showReport(*report);
    } else {
        m_message->showMessage(MessageBar::Level::Error, report.error().message, tr("Try again"),
                               [this] { refresh(); });
    }
    Q_EMIT reportShown();
}

void SavingsPage::showReport(const SavingsReport &report)
{
    m_filter->setVisible(!report.isLedgerEmpty());
    m_filter->setReport(report);
    if (report.totals.runs == 0) {
        showEmpty(report);
        m_stack->setCurrentWidget(m_empty);
        return;
    }
    m_cards->setReport(report);
    showChart(report);
    m_answers->setModels(report.models);
    m_unpriced->setText(unpricedSentence(report));
    m_unpriced->setVisible(report.totals.unknownPrices > 0);
    m_recordings->setText(recordingsSentence(report));
    m_recordings->setVisible(report.recordings.runs > 0);
    m_runs->setRuns(report.runs);
    m_runsCard->setNote(
        report.totals.runs > report.runs.size()
            ? tr("the newest %1 of %2")
                  .arg(formatCount(report.runs.size()), formatCount(report.totals.runs))
            : QString());
    for (int column = 0; column < RunTableModel::ColumnCount; ++column) {
        if (column != RunTableModel::PathColumn)
            m_table->resizeColumnToContents(column);
    }
    m_stack->setCurrentIndex(2);
}

void SavingsPage::showChart(const SavingsReport &report)
{
    ChartData shown;
    ChartLine baseline;
    baseline.label =
        report.baseline.isEmpty() ? tr("baseline") : tr("always %1").arg(report.baseline);
    baseline.color = Token::TextSecondary;
    baseline.dashed = true;
    ChartLine actual;
    actual.label = tr("actual");
    actual.color = Token::Accent;
    for (const ledger::SpendPoint &point : report.points) {
        const auto at = double(point.at.toMSecsSinceEpoch());
        baseline.points.append(QPointF(at, point.baselineCost.toUsd()));
        actual.points.append(QPointF(at, point.cost.toUsd()));
    }
    const Money saved = report.totals.baselineCost - report.totals.comparedCost;
    shown.gapIsGood = saved.nanos() >= 0;
    // The gap is the saving only where every run has a baseline.
    if (report.totals.compared == report.totals.runs && saved.nanos() > 0)
        shown.gapLabel = tr("saved %1").arg(formatMoney(saved));
    if (report.totals.compared > 0)
        shown.lines.append(baseline);
    shown.lines.append(actual);
    const SavingsFilter &filter = m_filter->filter();
    const QString policy = filter.policyName.isEmpty() ? tr("all policies") : filter.policyName;
    shown.context =
        report.baseline.isEmpty()
            ? tr("%1, %2").arg(periodName(filter.period), policy)
            : tr("%1, %2, baseline %3").arg(periodName(filter.period), policy, report.baseline);
    shown.origin = report.origin;
    m_chart->setData(shown);
}

void SavingsPage::showEmpty(const SavingsReport &report)
{
    m_empty->clearActions();
    if (report.isLedgerEmpty()) {
        m_empty->setSentence(tr("Here you see what routing costs and saves, as soon as a query was "
                                "answered."));
        auto *ask = m_empty->addAction(tr("Ask something"));
        ask->setObjectName(u"askSomething"_s);
        connect(ask, &QPushButton::clicked, this, &SavingsPage::askRequested);
        return;
    }
    m_empty->setSentence(report.recordings.runs > 0 ? recordingsSentence(report)
                                                    : tr("No query matches the filter."));
    auto *clear = m_empty->addAction(tr("Clear filter"));
    clear->setObjectName(u"clearFilter"_s);
    connect(clear, &QPushButton::clicked, this, [this] {
        SavingsFilter all;
        all.period = Period::All;
        m_filter->setFilter(all);
    });
}

void SavingsPage::showRun(const QDateTime &at)
{
    // The points lie on the ends of runs; the nearest start before is the run's.
    const QAbstractItemModel *model = m_sorted;
    qint64 least = std::numeric_limits<qint64>::max();
    int nearest = -1;
    for (int row = 0; row < model->rowCount(); ++row) {
        const QModelIndex index = model->index(row, RunTableModel::TimeColumn);
        const qint64 away = qAbs(index.data(RunTableModel::SortRole).toDateTime().msecsTo(at));
        if (away < least) {
            least = away;
            nearest = row;
        }
    }
    if (nearest >= 0)
        m_table->selectRow(nearest);
}

} // namespace headgate::ui
