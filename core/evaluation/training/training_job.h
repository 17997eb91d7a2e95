#pragma once

#include "core/evaluation/training/part_report.h"
#include "core/learning/learner.h"

namespace headgate::evaluation {

// The embeddings of texts, one row each, by the embedder of that name. On the thread of the job.
using EmbedTexts = std::function<Result<learning::DenseMatrix>(
    const QString &embedder, const QStringList &texts, std::stop_token stop)>;

struct TrainingData
{
    const OutcomeTable *table =
        nullptr;        // with its prompts, and its answers for scorers; outlives it
    QString name{};     // where it came from, for the artifact: no path
    EmbedTexts embed{}; // without one only contenders without an embedder train
};

// One learner with what it is to learn.
struct Contender
{
    QString name;    // of these options, for reports
    QString learner; // its kind in the registry
    Json options = Json::object();
    TargetRequest target{};
    QString embedder{}; // whose embeddings it is given; empty: none
};

struct TrainingJob
{
    std::vector<Contender> contenders;
    std::optional<ModelPair> pair{}; // to read the routers between; APGR is the headline then
    qsizetype limit = 0;             // train prompts at most, drawn by the seed; 0: all
    quint64 seed = 1;                // of draws, learners, shuffles and intervals
    int nulls = 5;                   // trainings on shuffled targets a learner
    std::vector<qsizetype> curve{};  // counts of train prompts to train on besides all of them
    bool readTest = true;
};

// Halves of the train prompts, from so many down, each at least 30; by rising count.
[[nodiscard]] std::vector<qsizetype> curveSizes(qsizetype prompts, int most = 5);

struct CurvePoint
{
    qsizetype prompts = 0;
    Estimate value; // of the headline, on validation
};

struct TrainedLearner
{
    Contender contender;
    std::optional<Error> error; // where it could not be trained: the rest is empty then
    TrainingTarget target;
    TargetCounts trainedOn;
    learning::Artifact artifact; // with where the data came from and, where it was read, the test
    PartReport validation;
    std::optional<PartReport> test; // of the chosen one
    std::vector<CurvePoint> curve;  // by rising count, all prompts last; empty: none was asked for
    // Its headline minus that of the chosen one, over the same validation rows; undefined where
    // their headlines are not about the same.
    Estimate againstChosen;
    double trainingSeconds = 0; // differ from run to run, as:
    double decisionMicroseconds = 0;
};

struct TrainingReport
{
    std::vector<TrainedLearner> learners; // as the contenders
    qsizetype chosen = -1;                // the best headline on validation; of equals the first
    qsizetype trainPrompts = 0;
    qsizetype validationPrompts = 0;
    qsizetype testPrompts = 0;
};

enum class TrainingPhase { Training, Null, Curve, Reading };

struct TrainingState
{
    QString contender;
    TrainingPhase phase = TrainingPhase::Training;
    double done = 0;            // share of the whole job, in [0, 1], rising
    std::optional<double> loss; // of the training under way, where its learner goes by steps
};
using OnTraining = std::function<void(const TrainingState &)>; // on the thread of the job

// Trains every contender on Part::Train alone, reads it on Part::Validation beside its null,
// chooses the best there, and reads only that one on Part::Test. A contender that cannot be trained
// does not keep the others from it; fails with the first's sentence where none can, and with
// Cancelled. The same data and job give the same report and artifacts but for the times. Takes a
// while: off the GUI thread.
[[nodiscard]] Result<TrainingReport> runTraining(const TrainingData &data, const TrainingJob &job,
                                                 const learning::LearnerRegistry &learners,
                                                 const OnTraining &onTraining = {},
                                                 std::stop_token stop = {});

} // namespace headgate::evaluation
