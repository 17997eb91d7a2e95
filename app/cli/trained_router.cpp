#include "app/cli/trained_router.h"

#include "app/cli/texts.h"
#include "core/learning/artifact_file.h"
#include "core/learning/learner.h"

#include <QFile>

namespace headgate::cli {

using namespace Qt::StringLiterals;

bool isArtifactFile(const QString &path)
{
    QFile file(path);
    const QByteArray begin = "HEADGATE ARTIFACT\n"_ba;
    return file.open(QIODevice::ReadOnly) && file.read(begin.size()) == begin;
}

Result<TrainedFile> readTrained(const QString &path)
{
    auto artifact = learning::readArtifact(path);
    if (!artifact)
        return tl::unexpected(artifact.error());
    auto model = learning::loadModel(learning::builtinLearners(), *artifact);
    if (!model)
        return fail(model.error().code, Texts::tr("“%1”: %2").arg(path, model.error().message));
    return TrainedFile{std::move(*artifact), std::move(*model)};
}

Result<TrainedFile> readTrainedRouter(const QString &path)
{
    auto trained = readTrained(path);
    if (!trained)
        return trained;
    if (trained->model->kind() == learning::TargetKind::Rightness)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("“%1” judges answers; it cannot route a prompt.").arg(path));
    if (!trained->model->embedder().isEmpty())
        return fail(ErrorCode::Unavailable,
                    Texts::tr("“%1” reads embeddings of “%2”, which only a policy can ask for.")
                        .arg(path, trained->model->embedder()));
    return trained;
}

evaluation::RowPredictions predictTable(const learning::PromptModel &model,
                                        const evaluation::OutcomeTable &table, std::stop_token stop)
{
    QStringList prompts;
    for (qsizetype row = 0; row < table.rows; ++row)
        prompts.append(QString::fromUtf8(table.prompts.at(row)));
    return evaluation::predictRows(model, {.prompts = prompts}, std::move(stop));
}

} // namespace headgate::cli
