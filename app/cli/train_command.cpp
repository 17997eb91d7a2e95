#include "app/cli/background_work.h"
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/outcome_options.h"
#include "app/cli/texts.h"
#include "app/cli/train_options.h"
#include "app/cli/train_report.h"
#include "core/learning/artifact_file.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace headgate::cli {

using namespace Qt::StringLiterals;
using evaluation::TrainingPhase;
using evaluation::TrainingState;

namespace {

QString stateLine(const TrainingState &state)
{
    QString phase;
    switch (state.phase) {
    case TrainingPhase::Training:
        phase = Texts::tr("training");
        break;
    case TrainingPhase::Null:
        phase = Texts::tr("training on shuffled outcomes");
        break;
    case TrainingPhase::Curve:
        phase = Texts::tr("training on fewer prompts");
        break;
    case TrainingPhase::Reading:
        phase = Texts::tr("measuring");
        break;
    }
    const QString line =
        Texts::tr("%1: %2, %3 %").arg(state.contender, phase).arg(qRound(100 * state.done));
    return state.loss ? line + Texts::tr(", loss %1").arg(QString::number(*state.loss, 'f', 4))
                      : line;
}

// Into a folder under the name of what it holds, or into that file. The path of the file.
Result<QString> writeArtifact(const learning::Artifact &artifact, const QString &path)
{
    if (QFileInfo(path).isDir() || path.endsWith(u'/'))
        return learning::saveArtifact(artifact, path).map([&](const QString &name) {
            return QDir(path).filePath(name);
        });
    const QByteArray bytes = learning::toBytes(artifact);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return fail(ErrorCode::Io,
                    Texts::tr("“%1” could not be written: %2.").arg(path, file.errorString()));
    return path;
}

Result<> train(const TrainOptions &options, TrainReport &report, std::stop_token stop,
               Progress &progress)
{
    const bool judges = options.kinds.front().target == learning::TargetKind::Rightness;
    const auto table = loadOutcomes(options.outcomes, {.prompts = true, .answers = judges},
                                    options.costPerCall, progress, stop);
    if (!table)
        return tl::unexpected(table.error());
    if (const auto known = checkModelsIn(*table, options.costPerCall.keys()); !known)
        return known;
    const auto job = trainingJob(options, *table);
    if (!job)
        return tl::unexpected(job.error());
    auto trained = evaluation::runTraining(
        {.table = &*table, .name = report.outcomes}, *job, learning::builtinLearners(),
        [&](const TrainingState &state) { progress.show(stateLine(state)); }, stop);
    if (!trained)
        return tl::unexpected(trained.error());
    report.training = std::move(*trained);
    if (options.out.isEmpty())
        return {};
    const auto written = writeArtifact(
        report.training.learners[size_t(report.training.chosen)].artifact, options.out);
    if (!written)
        return tl::unexpected(written.error());
    report.written = *written;
    return {};
}

} // namespace

int trainCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    addTrainOptions(parser);
    if (const auto code = parse(parser, arguments))
        return *code;
    TrainOptions options;
    if (const auto code = readTrainOptions(parser, options))
        return *code;
    TrainReport report;
    report.outcomes = QFileInfo(options.outcomes).fileName();
    report.strong = options.strong;
    report.weak = options.weak;
    report.seed = options.seed;
    report.strongShare = options.strongShare;
    const int code = runInBackground([&](std::stop_token stop, Progress &progress) {
        return train(options, report, std::move(stop), progress);
    });
    if (code != ExitCode::Done)
        return code;
    if (options.json)
        print(trainJson(report));
    else
        print(trainText(report));
    if (!report.written.isEmpty())
        tell(Texts::tr("The artifact was written to %1.").arg(report.written));
    return code;
}

} // namespace headgate::cli
