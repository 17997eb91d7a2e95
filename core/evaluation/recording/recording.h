#pragma once

#include "core/common/worker_thread.h"
#include "core/engine/call_cost.h"
#include "core/engine/spend_budget.h"
#include "core/evaluation/graders/grader.h"
#include "core/evaluation/recording/asking.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <deque>

namespace headgate::evaluation {

struct RecordingProgress
{
    qint64 kept = 0;     // outcomes in the data set by this recording; `reused` are among them
    qint64 reused = 0;   // answers that were there before
    qint64 ungraded = 0; // of `kept`: without a quality, though there is a grader
    qint64 failed = 0;   // calls that brought no answer, and those that were left out
    int inFlight = 0;
    Money spent{};           // of all calls, failed ones and the judge's included
    qint64 unknownCosts = 0; // calls that are not in `spent`
    // How long it has been waiting for the data sets, to which an import or another process writes;
    // meanwhile nothing is asked beyond what is in flight. 0: it does not wait.
    std::chrono::milliseconds waited{};
};

// With a data set to which something else is writing.
struct RecordingPatience
{
    std::chrono::milliseconds attempt{1000}; // how long one write waits before it is tried again
    std::chrono::milliseconds most{10 * 60 * 1000};
    std::chrono::milliseconds stopped{10 * 1000}; // once it was stopped
};

// Something that went wrong with one item; a sentence for people.
struct RecordingTrouble
{
    qint64 row = 0;
    QString prompt{}; // its id
    QString model{};  // name in the policy
    QString sentence{};
};

struct RecordingReport
{
    enum class End { Done, Stopped, CapReached, Failed };

    End end = End::Done;
    RecordingProgress progress{};
    QList<RecordingTrouble> troubles{}; // the first kMostTroubles
    QStringList leftOut{};              // a sentence a model that was asked no further
    // Failed: why the data set cannot be read or written. CapReached: what no longer fits.
    QString error{};
};

inline constexpr qsizetype kMostTroubles = 1000;

// Asks the models of a plan, grades their answers and keeps each in the data set as it comes. An
// outcome that was kept survives a kill, and the same plan begun again asks only for the rest.
// Lives on the thread of the engine; the data set is read and written on a thread of its own.
//
// The cap holds: a call leaves only where its worst case still fits, so that the recording ends a
// little below it. A model whose key is refused, that does not exist, or that failed
// kFailuresInRow times on end is asked no further. While something else writes to the data sets,
// answers wait in memory; after RecordingPatience they are lost, and the recording ends as failed.
class Recording final : public QObject
{
    Q_OBJECT
public:
    static constexpr int kFailuresInRow = 8;

    // The catalog outlives it; what `ask` sends may end later than it lives.
    Recording(QString storePath, RecordingPlan plan, const catalog::ModelCatalog &catalog,
              QDate today, Ask ask, QObject *parent = nullptr);
    // What was sent is cancelled.
    ~Recording() override;

    void setPatience(const RecordingPatience &patience) { m_patience = patience; } // before start()

    void start();
    // What was sent goes on to its end.
    void setPaused(bool paused);
    bool isPaused() const { return m_paused; }
    // What was sent is cancelled; ended() comes when all of it is over.
    void stop();

    const RecordingPlan &plan() const { return m_plan; }
    const RecordingProgress &progress() const { return m_progress; }

Q_SIGNALS:
    void progressed();
    void ended(const headgate::evaluation::RecordingReport &report); // once

private:
    // What belongs to the thread of the data set.
    struct Desk
    {
        std::unique_ptr<DatasetStore> store;
        std::optional<RecordingWork> work;
    };
    struct Opened
    {
        QString dataset;                      // name
        std::shared_ptr<const Grader> grader; // nullptr: none
    };
    struct ModelState
    {
        int failuresInRow = 0;
        bool leftOut = false;
    };

    static Result<Opened> open(Desk &desk, const QString &path, const RecordingPlan &plan,
                               const RecordingPatience &patience);
    void openStore();
    bool waitsOn(const Error &error);
    void waitsNoMore();
    void pumpSoon();
    void pump();
    bool beginNext();
    QString capSentence(const policy::Model &model, Money most) const;
    void fetch();
    void ask(RecordingItem item, std::optional<Money> most);
    void takeAnswer(const RecordingItem &item, std::optional<Money> most,
                    const engine::RunTrace &trace);
    void noteFailure(const RecordingItem &item, const engine::RunTrace &trace);
    void leaveOut(qsizetype model, const QString &sentence);
    void grade(const RecordingItem &item, RecordedOutcome outcome);
    void askJudge(const RecordingItem &item, const GradedAnswer &graded, RecordedOutcome outcome,
                  JudgeQuestion question);
    void takeGrade(const RecordingItem &item, Result<Grade> grade, RecordedOutcome outcome);
    void keep(RecordedOutcome outcome);
    void writeKept();
    void lose(qint64 answers, const Error &error);
    void book(std::optional<Money> most, const engine::RunTrace &trace);
    void noteTrouble(const RecordingItem &item, const QString &sentence);
    void endWith(RecordingReport::End end, const QString &error = {});
    void finish();

    RecordingPlan m_plan;
    QList<ModelMark> m_marks;
    engine::CallCost m_costs;
    Ask m_ask;
    engine::SpendBudget m_budget;
    std::vector<ModelState> m_models;
    std::shared_ptr<const Grader> m_grader;
    QString m_name; // of what is asked, in the ledger
    QString m_path;

    std::deque<RecordingItem> m_items;
    QList<RecordedOutcome> m_unwritten;
    qint64 m_lost = 0; // answers that came and could not be written
    std::stop_source m_stop;
    RecordingProgress m_progress;
    RecordingReport m_report;
    RecordingPatience m_patience;
    QTimer m_retry;
    QElapsedTimer m_waiting; // invalid while nothing is waited for
    QElapsedTimer m_stopped; // invalid until it is
    bool m_ready = false;    // the data set is open
    bool m_fetching = false;
    bool m_exhausted = false; // nothing is left in the data set
    bool m_writing = false;
    bool m_paused = false;
    bool m_ending = false;
    bool m_over = false;
    bool m_pumpWaits = false;

    std::shared_ptr<Desk> m_desk = std::make_shared<Desk>();
    WorkerThread m_worker;
};

} // namespace headgate::evaluation
