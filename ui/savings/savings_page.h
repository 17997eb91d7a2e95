#pragma once

#include "ui/savings/savings_report.h"

#include <QFuture>
#include <QWidget>

#include <functional>

class QLabel;
class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;

namespace headgate::ui {

class AnsweredBy;
class Card;
class Chart;
class EmptyState;
class MessageBar;
class RunTableModel;
class SavingsCards;
class SavingsFilterBar;
class Theme;

// What the policies have saved: figures, the cumulative line, answers by model and the runs behind
// them. Reads the ledger on its thread; only the newest answer counts.
class SavingsPage final : public QWidget
{
    Q_OBJECT
public:
    // Reads the report off the GUI thread.
    using Load = std::function<QFuture<Result<SavingsReport>>(SavingsFilter, QDateTime now)>;

    // The theme outlives the page.
    SavingsPage(Theme &theme, Load load, QWidget *parent = nullptr);

    // Asks the ledger again; repeated calls while an answer is on its way make one more.
    void refresh();

Q_SIGNALS:
    void askRequested();
    void reportShown(); // after each refresh

private:
    QWidget *makeReport();
    Card *makeChart();
    Card *makeAnswers();
    Card *makeRuns();
    void take(const Result<SavingsReport> &report);
    void showReport(const SavingsReport &report);
    void showChart(const SavingsReport &report);
    void showEmpty(const SavingsReport &report);
    void showRun(const QDateTime &at);

    Theme &m_theme;
    Load m_load;
    bool m_loading = false;
    bool m_again = false;
    SavingsFilterBar *m_filter = nullptr;
    MessageBar *m_message = nullptr;
    QStackedWidget *m_stack = nullptr;
    EmptyState *m_empty = nullptr;
    SavingsCards *m_cards = nullptr;
    Card *m_chartCard = nullptr;
    Chart *m_chart = nullptr;
    AnsweredBy *m_answers = nullptr;
    QLabel *m_unpriced = nullptr;
    QLabel *m_recordings = nullptr;
    Card *m_runsCard = nullptr;
    RunTableModel *m_runs = nullptr;
    QSortFilterProxyModel *m_sorted = nullptr;
    QTableView *m_table = nullptr;
};

} // namespace headgate::ui
