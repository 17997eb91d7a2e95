#include "core/evaluation/recording/recording.h"

#include "core/common/redaction.h"
#include "core/common/when_ready.h"
#include "core/evaluation/recording/content_address.h"
#include "core/evaluation/texts.h"
#include "core/text/token_estimate.h"

#include <QPointer>
#include <QSet>

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kItemsRead = 128; // at a time
constexpr int kRetryMs = 50;          // after an attempt that has itself waited

// A model that fails so will fail with the next prompt too.
bool isHopeless(const QString &failureClass)
{
    static const QSet<QString> classes{u"auth"_s, u"permission"_s, u"credit"_s, u"not_found"_s,
                                       u"not_configured"_s};
    return classes.contains(failureClass);
}

} // namespace

Recording::Recording(QString storePath, RecordingPlan plan, const catalog::ModelCatalog &catalog,
                     QDate today, Ask ask, QObject *parent)
    : QObject(parent)
    , m_plan(std::move(plan))
    , m_costs(catalog, today)
    , m_ask(std::move(ask))
    , m_models(size_t(m_plan.models.size()))
    , m_path(std::move(storePath))
{
    for (const policy::Model &model : std::as_const(m_plan.models))
        m_marks.append(markOf(model));
    m_budget.setAmount(m_plan.cap);
    m_retry.setSingleShot(true);
    m_retry.setInterval(kRetryMs);
    connect(&m_retry, &QTimer::timeout, this, [this] {
        if (!m_ready && !m_over)
            openStore();
        writeKept();
        pump();
    });
}

Recording::~Recording()
{
    m_stop.request_stop();
    // The data set is closed on its own thread.
    (void)m_worker.submit([desk = std::move(m_desk)] {
        desk->work.reset();
        desk->store.reset();
        return true;
    });
}

Result<Recording::Opened> Recording::open(Desk &desk, const QString &path,
                                          const RecordingPlan &plan,
                                          const RecordingPatience &patience)
{
    auto store = DatasetStore::open(path, patience.attempt);
    if (!store)
        return tl::unexpected(std::move(store.error()));
    desk.store = std::move(*store);
    const auto summary = desk.store->dataset(plan.dataset);
    if (!summary)
        return tl::unexpected(summary.error());
    Opened opened;
    opened.dataset = summary->name;
    if (!summary->grader.empty()) {
        auto grader = builtinGraders().create(summary->grader);
        if (!grader)
            return tl::unexpected(std::move(grader.error()));
        opened.grader = std::move(*grader);
    }
    desk.work.emplace(*desk.store, plan, opened.grader != nullptr);
    return opened;
}

void Recording::start()
{
    openStore();
}

void Recording::openStore()
{
    const auto opening =
        m_worker.submit([desk = m_desk, path = m_path, plan = m_plan, patience = m_patience] {
            return open(*desk, path, plan, patience);
        });
    whenReady(opening, this, [this](const Result<Opened> &opened) {
        if (!opened) {
            if (!waitsOn(opened.error()))
                endWith(RecordingReport::End::Failed, opened.error().message);
            return;
        }
        waitsNoMore();
        m_grader = opened->grader;
        m_name = Texts::tr("Recording of %1").arg(opened->dataset);
        m_ready = true;
        pumpSoon();
    });
}

void Recording::setPaused(bool paused)
{
    m_paused = paused;
    Q_EMIT progressed();
    pumpSoon();
}

// Whether what failed is tried again, since something else is writing; then it will be.
bool Recording::waitsOn(const Error &error)
{
    if (error.code != ErrorCode::Busy)
        return false;
    if (!m_waiting.isValid())
        m_waiting.start();
    m_progress.waited = std::chrono::milliseconds(qMax<qint64>(1, m_waiting.elapsed()));
    if (m_progress.waited >= m_patience.most ||
        (m_stopped.isValid() && m_stopped.elapsed() >= m_patience.stopped.count()))
        return false;
    m_retry.start();
    Q_EMIT progressed();
    return true;
}

void Recording::waitsNoMore()
{
    m_waiting.invalidate();
    m_progress.waited = {};
}

void Recording::stop()
{
    if (!m_stopped.isValid())
        m_stopped.start();
    endWith(RecordingReport::End::Stopped);
    m_stop.request_stop();
}

// From the event loop, so that a call which ends at once does not begin the next one from within.
void Recording::pumpSoon()
{
    if (std::exchange(m_pumpWaits, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_pumpWaits = false;
            pump();
        },
        Qt::QueuedConnection);
}

// Whatever changed: begins what may begin, and ends where nothing is left.
void Recording::pump()
{
    if (m_over)
        return;
    while (m_ready && !m_ending && !m_paused && m_progress.inFlight < m_plan.concurrency &&
           !m_items.empty() && beginNext()) {
    }
    Q_EMIT progressed();
    if (m_ready && !m_ending && !m_exhausted)
        fetch();
    if (m_progress.inFlight > 0 || m_fetching || m_writing)
        return;
    if (m_ending)
        finish();
    else if (m_ready && m_exhausted && m_items.empty())
        endWith(RecordingReport::End::Done);
}

void Recording::fetch()
{
    if (m_fetching || qsizetype(m_items.size()) >= kItemsRead)
        return;
    m_fetching = true;
    const auto reading = m_worker.submit([desk = m_desk] { return desk->work->next(kItemsRead); });
    whenReady(reading, this, [this](const Result<QList<RecordingItem>> &items) {
        m_fetching = false;
        if (!items && waitsOn(items.error()))
            return;
        if (!items) {
            endWith(RecordingReport::End::Failed, items.error().message);
            return;
        }
        m_exhausted = items->size() < kItemsRead;
        if (!m_ending)
            m_items.insert(m_items.end(), items->begin(), items->end());
        pumpSoon();
    });
}

// False where the next one has to wait for money that is set aside for those under way.
bool Recording::beginNext()
{
    const RecordingItem &next = m_items.front();
    const policy::Model &model = m_plan.models.at(next.model);
    if (!next.answered && !m_models[size_t(next.model)].leftOut) {
        const auto most = m_costs.worstCase(model, text::estimateTokens(next.messages));
        if (m_plan.cap && !most) {
            leaveOut(next.model,
                     Texts::tr("“%1” is left out: its price is not known, and the recording has a "
                               "cap. Set its price, or record without a cap.")
                         .arg(model.name));
        } else if (!m_budget.reserve(most)) {
            if (m_progress.inFlight == 0)
                endWith(RecordingReport::End::CapReached, capSentence(model, *most));
            return false;
        } else {
            RecordingItem item = std::move(m_items.front());
            m_items.pop_front();
            ask(std::move(item), most);
            return true;
        }
    }
    RecordingItem item = std::move(m_items.front());
    m_items.pop_front();
    if (!item.answered) {
        ++m_progress.failed;
        return true;
    }
    ++m_progress.inFlight;
    ++m_progress.reused;
    grade(item, *item.answered);
    return true;
}

QString Recording::capSentence(const policy::Model &model, Money most) const
{
    return Texts::tr("Of the cap, $%1 is left, and a call of “%2” can cost up to $%3; “max_tokens” "
                     "among its parameters makes that less.")
        .arg((*m_plan.cap - m_budget.spent()).toDecimal(), model.name, most.toDecimal());
}

void Recording::ask(RecordingItem item, std::optional<Money> most)
{
    const policy::Model &model = m_plan.models.at(item.model);
    ++m_progress.inFlight;
    Asking asking;
    asking.query.messages = item.messages;
    asking.query.metadata = item.prompt.metadata;
    asking.query.estimatedTokens = text::estimateTokens(item.messages);
    asking.query.seed = quint64(item.row);
    asking.stop = m_stop.get_token();
    auto policy = askingPolicy(model, m_name, m_plan.cap ? most : std::nullopt, m_plan.confidence);
    const bool keyInside =
        std::any_of(item.messages.cbegin(), item.messages.cend(),
                    [](const Message &message) { return holdsKey(message.text); });
    if (!policy || keyInside) {
        m_budget.settle(most, {});
        --m_progress.inFlight;
        ++m_progress.failed;
        noteTrouble(item, policy ? Texts::tr("The prompt holds a key of one of your providers, and "
                                             "was not sent.")
                                 : policy.error().message);
        pumpSoon();
        return;
    }
    asking.policy = std::move(*policy);
    asking.done = [self = QPointer(this), item = std::move(item), most](const auto &trace) {
        if (self)
            self->takeAnswer(item, most, trace);
    };
    m_ask(std::move(asking));
}

void Recording::book(std::optional<Money> most, const engine::RunTrace &trace)
{
    m_budget.settle(most, trace.cost);
    m_progress.spent = m_budget.spent();
    m_progress.unknownCosts += trace.unknownPrices;
}

void Recording::takeAnswer(const RecordingItem &item, std::optional<Money> most,
                           const engine::RunTrace &trace)
{
    book(most, trace);
    if (trace.status == engine::RunStatus::Answered) {
        m_models[size_t(item.model)].failuresInRow = 0;
        grade(item, outcomeOf(trace, item, m_marks.at(item.model)));
        return;
    }
    --m_progress.inFlight;
    if (trace.status != engine::RunStatus::Cancelled)
        noteFailure(item, trace);
    pumpSoon();
}

void Recording::noteFailure(const RecordingItem &item, const engine::RunTrace &trace)
{
    ++m_progress.failed;
    noteTrouble(item, trace.error);
    ModelState &state = m_models[size_t(item.model)];
    ++state.failuresInRow;
    const QString name = m_plan.models.at(item.model).name;
    if (isHopeless(failureClassOf(trace)))
        leaveOut(item.model, Texts::tr("“%1” was asked no further: %2").arg(name, trace.error));
    else if (state.failuresInRow >= kFailuresInRow)
        leaveOut(item.model, Texts::tr("“%1” was asked no further after %2 failures on end: %3")
                                 .arg(name)
                                 .arg(state.failuresInRow)
                                 .arg(trace.error));
}

void Recording::leaveOut(qsizetype model, const QString &sentence)
{
    if (!std::exchange(m_models[size_t(model)].leftOut, true))
        m_report.leftOut.append(sentence);
}

void Recording::grade(const RecordingItem &item, RecordedOutcome outcome)
{
    if (!m_grader) {
        keep(std::move(outcome));
        return;
    }
    GradedAnswer graded{.prompt = item.prompt.prompt,
                        .answer = outcome.answer,
                        .expected = item.prompt.expected,
                        .vote = outcome.vote};
    if (auto question = m_grader->question(graded); question && !m_ending)
        askJudge(item, graded, std::move(outcome), std::move(*question));
    else
        takeGrade(item, m_grader->grade(graded), std::move(outcome));
}

void Recording::askJudge(const RecordingItem &item, const GradedAnswer &graded,
                         RecordedOutcome outcome, JudgeQuestion question)
{
    Asking asking;
    asking.query.messages = std::move(question.messages);
    asking.query.estimatedTokens = text::estimateTokens(asking.query.messages);
    asking.query.seed = quint64(item.row);
    asking.stop = m_stop.get_token();
    const auto most = m_costs.worstCase(*m_plan.judge, asking.query.estimatedTokens);
    if (!m_budget.reserve(most)) {
        takeGrade(item,
                  fail(ErrorCode::LimitReached, Texts::tr("The cap left nothing for the judge.")),
                  std::move(outcome));
        return;
    }
    auto policy = askingPolicy(*m_plan.judge, m_name, m_plan.cap ? most : std::nullopt, false);
    if (!policy) {
        m_budget.settle(most, {});
        takeGrade(item, tl::unexpected(policy.error()), std::move(outcome));
        return;
    }
    asking.policy = std::move(*policy);
    asking.done = [self = QPointer(this), item, graded, outcome, most](const auto &trace) {
        if (!self)
            return;
        self->book(most, trace);
        GradedAnswer judged = graded;
        judged.judgement = trace.answer.trimmed();
        self->takeGrade(item,
                        trace.status == engine::RunStatus::Answered
                            ? self->m_grader->grade(judged)
                            : Result<Grade>(fail(ErrorCode::Unavailable, trace.error)),
                        outcome);
    };
    m_ask(std::move(asking));
}

// An answer that cannot be graded is kept all the same: it was paid for, and the same recording
// begun again grades it.
void Recording::takeGrade(const RecordingItem &item, Result<Grade> grade, RecordedOutcome outcome)
{
    if (grade) {
        outcome.figures.quality = grade->quality;
        outcome.why = std::move(grade->why);
    } else {
        ++m_progress.ungraded;
        noteTrouble(item, grade.error().message);
    }
    keep(std::move(outcome));
}

void Recording::keep(RecordedOutcome outcome)
{
    m_unwritten.append(std::move(outcome));
    writeKept();
}

// All that came while the former were written, in one commit.
void Recording::writeKept()
{
    if (m_writing || m_unwritten.isEmpty())
        return;
    m_writing = true;
    const QList<RecordedOutcome> outcomes = std::exchange(m_unwritten, {});
    const auto writing =
        m_worker.submit([desk = m_desk, dataset = m_plan.dataset, outcomes]() -> Result<> {
            return desk->store->record(dataset, outcomes);
        });
    whenReady(writing, this, [this, outcomes](const Result<> &written) {
        m_writing = false;
        if (!written && waitsOn(written.error())) {
            m_unwritten = outcomes + m_unwritten;
            return;
        }
        m_progress.inFlight -= int(outcomes.size());
        if (written) {
            waitsNoMore();
            m_progress.kept += outcomes.size();
        } else {
            lose(outcomes.size(), written.error());
        }
        writeKept();
        pumpSoon();
    });
}

void Recording::lose(qint64 answers, const Error &error)
{
    m_lost += answers;
    endWith(RecordingReport::End::Failed,
            Texts::tr("%1 Answers that could not be kept: %2; what they cost is in the ledger.")
                .arg(error.message)
                .arg(m_lost));
}

void Recording::noteTrouble(const RecordingItem &item, const QString &sentence)
{
    if (m_report.troubles.size() < kMostTroubles)
        m_report.troubles.append(
            {item.row, item.prompt.id, m_plan.models.at(item.model).name, sentence});
}

// Nothing further is begun; the first reason stands, but for a data set that fails.
void Recording::endWith(RecordingReport::End end, const QString &error)
{
    if (!m_ending || end == RecordingReport::End::Failed) {
        m_report.end = end;
        m_report.error = error;
    }
    m_ending = true;
    m_items.clear();
    pumpSoon();
}

void Recording::finish()
{
    m_over = true;
    m_report.progress = m_progress;
    Q_EMIT ended(m_report);
}

} // namespace headgate::evaluation
