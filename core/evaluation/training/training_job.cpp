#include "core/evaluation/training/training_job.h"

#include "core/evaluation/texts.h"
#include "core/evaluation/training/training_record.h"

#include <algorithm>
#include <chrono>

namespace headgate::evaluation {

using learning::Artifact;
using learning::PromptModel;
using learning::TargetKind;
using learning::TrainingSet;

namespace {

constexpr qsizetype kFewestOfCurve = 30;

tl::unexpected<Error> stopped()
{
    return fail(ErrorCode::Cancelled, Texts::tr("Stopped."));
}

// A part as one contender sees it: the rows with their targets, and what its model reads.
struct ReadRows
{
    ReportedRows rows;
    QStringList prompts;
    learning::DenseMatrix embeddings;

    PredictedInputs inputs() const
    {
        const bool judges = rows.targets.set.kind == TargetKind::Rightness;
        return {.prompts = judges ? rows.targets.set.prompts : prompts,
                .answers = judges ? &rows.targets.set.answers : nullptr,
                .embeddings = &embeddings};
    }
};

struct Trained
{
    Artifact artifact;
    std::unique_ptr<PromptModel> model;
};

// How far a job is: each training is one step of it.
class JobProgress
{
public:
    JobProgress(const OnTraining &onTraining, qsizetype steps)
        : m_onTraining(onTraining)
        , m_steps(steps)
    {
    }
    void begin(const QString &contender, TrainingPhase phase)
    {
        m_state.contender = contender;
        m_state.phase = phase;
        m_state.loss.reset();
        tell(0);
    }
    void step(const learning::TrainingProgress &progress)
    {
        m_state.loss = progress.loss;
        tell(std::clamp(progress.done, 0.0, 1.0));
    }
    void end() { ++m_ended; }

private:
    void tell(double ofStep)
    {
        if (!m_onTraining)
            return;
        m_state.done =
            std::max(m_state.done, (double(m_ended) + ofStep) / double(std::max(m_steps, m_ended)));
        m_onTraining(m_state);
    }

    const OnTraining &m_onTraining; // outlives me
    qsizetype m_steps = 1;
    qsizetype m_ended = 0;
    TrainingState m_state;
};

// One contender of a job.
class ContenderRun
{
public:
    ContenderRun(const TrainingData &data, const TrainingJob &job,
                 const learning::LearnerRegistry &learners, JobProgress &progress,
                 const std::stop_token &stop)
        : m_data(data)
        , m_job(job)
        , m_learners(learners)
        , m_progress(progress)
        , m_stop(stop)
    {
    }

    Result<> run(const Contender &contender, const DataRecord &record)
    {
        m_found.contender = contender;
        const auto learner = m_learners.find(contender.learner);
        if (!learner)
            return fail(ErrorCode::UnknownKind,
                        Texts::tr("There is no learner “%1”; known: %2.")
                            .arg(contender.learner, m_learners.kinds().join(u", ")));
        m_learner = learner->get();
        return trainWhole(record)
            .and_then([this] { return trainNulls(); })
            .and_then([this] { return readValidation(); })
            .and_then([this] { return readCurve(); });
    }

    Result<> readTest()
    {
        m_progress.begin(m_found.contender.name, TrainingPhase::Reading);
        const auto rows = rowsOf(Part::Test);
        if (!rows)
            return tl::unexpected(rows.error());
        auto report = reportFor(*rows, predictRows(*m_model, rows->inputs(), m_stop));
        if (!report)
            return tl::unexpected(report.error());
        m_found.test = std::move(*report);
        recordFigures(m_found.artifact, *m_found.test);
        return {};
    }

    // The same rows for whoever has the same headline: their count, and how to read it there.
    qsizetype headlineRows() const { return m_found.validation.value.n; }
    HeadlineReader headline() const
    {
        return readHeadlineOf(m_validation.rows, m_found.validation, m_predictions);
    }
    bool comparesWith(const ContenderRun &other) const
    {
        const PartReport &mine = m_found.validation;
        const PartReport &its = other.m_found.validation;
        return mine.headline == its.headline && mine.value.n == its.value.n &&
               (mine.headline == Headline::Apgr ||
                m_found.target.outputs == other.m_found.target.outputs);
    }
    TrainedLearner &found() { return m_found; }
    const TrainedLearner &found() const { return m_found; }

private:
    Result<learning::DenseMatrix> embeddingsOf(const QStringList &texts) const
    {
        const QString &embedder = m_found.contender.embedder;
        if (embedder.isEmpty())
            return learning::DenseMatrix();
        if (!m_data.embed)
            return fail(ErrorCode::Unavailable,
                        Texts::tr("There is nobody here to embed texts by “%1”.").arg(embedder));
        return m_data.embed(embedder, texts, m_stop);
    }

    Result<Trained> train(const TrainingSet &set, TrainingPhase phase)
    {
        m_progress.begin(m_found.contender.name, phase);
        if (m_stop.stop_requested())
            return stopped();
        const learning::TrainingControl control{
            .seed = m_job.seed, .stop = m_stop, .onProgress = [this](const auto &progress) {
                m_progress.step(progress);
            }};
        auto artifact = m_learner->train(set, m_found.contender.options, control);
        if (!artifact)
            return tl::unexpected(artifact.error());
        auto model = m_learner->load(*artifact);
        if (!model)
            return tl::unexpected(model.error());
        m_progress.end();
        return Trained{std::move(*artifact), std::move(*model)};
    }

    Result<> trainWhole(const DataRecord &record)
    {
        const OutcomeTable &table = *m_data.table;
        m_trainRows = drawnRows(table.rowsOf(Part::Train), m_job.limit, m_job.seed);
        auto target = settleTarget(table, m_trainRows, m_found.contender.target);
        if (!target)
            return tl::unexpected(target.error());
        m_found.target = std::move(*target);
        m_trained = trainingSetFromOutcomes(table, m_trainRows, m_found.target);
        m_found.trainedOn = m_trained.counts;
        if (m_trained.set.rows() == 0)
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("No prompt has anything to learn from."));
        auto embeddings = embeddingsOf(m_trained.set.prompts);
        if (!embeddings)
            return tl::unexpected(embeddings.error());
        m_trained.set.embeddings = std::move(*embeddings);
        m_trained.set.embedder = m_found.contender.embedder;
        const auto begun = std::chrono::steady_clock::now();
        auto trained = train(m_trained.set, TrainingPhase::Training);
        if (!trained)
            return tl::unexpected(trained.error());
        m_found.trainingSeconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
        m_found.artifact = std::move(trained->artifact);
        m_model = std::move(trained->model);
        m_ground = groundOf(table, m_trained, m_found.target);
        recordData(m_found.artifact, record, table, m_found.target, m_trained);
        return {};
    }

    Result<> trainNulls()
    {
        for (int null = 0; null < m_job.nulls; ++null) {
            auto trained = train(withShuffledTargets(m_trained.set, m_job.seed + 1 + quint64(null)),
                                 TrainingPhase::Null);
            if (!trained)
                return tl::unexpected(trained.error());
            m_nulls.push_back(std::move(trained->model));
        }
        return {};
    }

    Result<ReadRows> rowsOf(Part part) const
    {
        const OutcomeTable &table = *m_data.table;
        ReadRows read{
            .rows = {.table = &table, .part = part, .rows = table.rowsOf(part), .targets = {}},
            .prompts = {},
            .embeddings = {}};
        read.rows.targets = trainingSetFromOutcomes(table, read.rows.rows, m_found.target);
        for (const qint32 row : read.rows.rows)
            read.prompts.append(QString::fromUtf8(table.prompts.at(row)));
        auto embeddings = embeddingsOf(read.inputs().prompts);
        if (!embeddings)
            return tl::unexpected(embeddings.error());
        read.embeddings = std::move(*embeddings);
        return read;
    }

    Result<PartReport> reportFor(const ReadRows &rows, const RowPredictions &predictions) const
    {
        std::vector<RowPredictions> shuffled;
        for (const auto &null : m_nulls)
            shuffled.push_back(predictRows(*null, rows.inputs(), m_stop));
        if (m_stop.stop_requested())
            return stopped();
        return reportOn(rows.rows, m_found.target, m_ground, predictions, shuffled, question());
    }

    PartQuestion question() const
    {
        PartQuestion question{.pair = m_job.pair};
        question.bootstrap.seed = m_job.seed;
        return question;
    }

    Result<> readValidation()
    {
        m_progress.begin(m_found.contender.name, TrainingPhase::Reading);
        auto rows = rowsOf(Part::Validation);
        if (!rows)
            return tl::unexpected(rows.error());
        m_validation = std::move(*rows);
        m_predictions = predictRows(*m_model, m_validation.inputs(), m_stop);
        m_found.decisionMicroseconds = m_predictions.microseconds;
        auto report = reportFor(m_validation, m_predictions);
        if (!report)
            return tl::unexpected(report.error());
        m_found.validation = std::move(*report);
        recordFigures(m_found.artifact, m_found.validation);
        return {};
    }

    Result<> readCurve()
    {
        for (const qsizetype size : m_job.curve) {
            if (size >= qsizetype(m_trainRows.size()))
                continue;
            auto value = valueWith(size);
            // Too few rows to learn from say nothing against more of them.
            if (!value && value.error().code == ErrorCode::InvalidInput)
                continue;
            if (!value)
                return tl::unexpected(value.error());
            m_found.curve.push_back({.prompts = size, .value = *value});
        }
        if (!m_job.curve.empty())
            m_found.curve.push_back(
                {.prompts = qsizetype(m_trainRows.size()), .value = m_found.validation.value});
        return {};
    }

    Result<Estimate> valueWith(qsizetype prompts)
    {
        const OutcomeTable &table = *m_data.table;
        TrainingRows rows = trainingSetFromOutcomes(
            table, drawnRows(m_trainRows, prompts, m_job.seed), m_found.target);
        auto embeddings = embeddingsOf(rows.set.prompts);
        if (!embeddings)
            return tl::unexpected(embeddings.error());
        rows.set.embeddings = std::move(*embeddings);
        rows.set.embedder = m_found.contender.embedder;
        auto trained = train(rows.set, TrainingPhase::Curve);
        if (!trained)
            return tl::unexpected(trained.error());
        const auto report =
            reportOn(m_validation.rows, m_found.target, m_ground,
                     predictRows(*trained->model, m_validation.inputs(), m_stop), {}, question());
        if (!report)
            return tl::unexpected(report.error());
        return report->value;
    }

    const TrainingData &m_data; // outlive me, as the others
    const TrainingJob &m_job;
    const learning::LearnerRegistry &m_learners;
    JobProgress &m_progress;
    const std::stop_token &m_stop;
    const learning::Learner *m_learner = nullptr;
    std::vector<qint32> m_trainRows;
    TrainingRows m_trained;
    TrainGround m_ground;
    std::unique_ptr<PromptModel> m_model;
    std::vector<std::unique_ptr<PromptModel>> m_nulls;
    ReadRows m_validation;
    RowPredictions m_predictions; // of m_validation
    TrainedLearner m_found;
};

// The best headline; of equals the first. -1: none was trained.
qsizetype bestOf(const std::vector<std::unique_ptr<ContenderRun>> &runs)
{
    qsizetype best = -1;
    for (qsizetype at = 0; at < qsizetype(runs.size()); ++at) {
        const TrainedLearner &found = runs[size_t(at)]->found();
        if (found.error)
            continue;
        if (best < 0 ||
            found.validation.value.value > runs[size_t(best)]->found().validation.value.value)
            best = at;
    }
    return best;
}

void compareWithChosen(const std::vector<std::unique_ptr<ContenderRun>> &runs, qsizetype chosen,
                       quint64 seed)
{
    const ContenderRun &best = *runs[size_t(chosen)];
    BootstrapOptions options;
    options.seed = seed;
    for (const auto &run : runs) {
        if (run->found().error || run.get() == &best || !run->comparesWith(best))
            continue;
        run->found().againstChosen =
            headlineDifference(best.headlineRows(), run->headline(), best.headline(), options);
    }
}

} // namespace

std::vector<qsizetype> curveSizes(qsizetype prompts, int most)
{
    std::vector<qsizetype> sizes;
    for (qsizetype size = prompts / 2; size >= kFewestOfCurve && int(sizes.size()) < most;
         size /= 2)
        sizes.push_back(size);
    std::reverse(sizes.begin(), sizes.end());
    return sizes;
}

Result<TrainingReport> runTraining(const TrainingData &data, const TrainingJob &job,
                                   const learning::LearnerRegistry &learners,
                                   const OnTraining &onTraining, std::stop_token stop)
{
    const OutcomeTable &table = *data.table;
    TrainingReport report;
    report.trainPrompts =
        qsizetype(drawnRows(table.rowsOf(Part::Train), job.limit, job.seed).size());
    report.validationPrompts = qsizetype(table.rowsOf(Part::Validation).size());
    report.testPrompts = qsizetype(table.rowsOf(Part::Test).size());
    const DataRecord record{.name = data.name,
                            .trainPrompts = report.trainPrompts,
                            .validationPrompts = report.validationPrompts,
                            .testPrompts = report.testPrompts};
    const auto trainings = 1 + qsizetype(job.nulls) + qsizetype(job.curve.size());
    JobProgress progress(onTraining, qsizetype(job.contenders.size()) * trainings);
    std::vector<std::unique_ptr<ContenderRun>> runs;
    for (const Contender &contender : job.contenders) {
        runs.push_back(std::make_unique<ContenderRun>(data, job, learners, progress, stop));
        const auto ran = runs.back()->run(contender, record);
        if (stop.stop_requested())
            return stopped();
        if (!ran)
            runs.back()->found().error = ran.error();
    }
    report.chosen = bestOf(runs);
    if (report.chosen < 0)
        return tl::unexpected(
            runs.empty()
                ? Error{ErrorCode::InvalidInput, Texts::tr("There is nothing to train."), {}}
                : *runs.front()->found().error);
    compareWithChosen(runs, report.chosen, job.seed);
    if (job.readTest) {
        if (const auto read = runs[size_t(report.chosen)]->readTest(); !read)
            return tl::unexpected(read.error());
    }
    for (const auto &run : runs)
        report.learners.push_back(std::move(run->found()));
    return report;
}

} // namespace headgate::evaluation
