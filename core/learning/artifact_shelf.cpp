#include "core/learning/artifact_shelf.h"

#include "core/common/artifact_name.h"
#include "core/learning/artifact_file.h"
#include "core/learning/texts.h"

#include <QDir>
#include <QFile>
#include <QHash>

#include <filesystem>
#include <mutex>

namespace headgate::learning {

using namespace Qt::StringLiterals;

namespace {

// What a drawing names and a few that it named before: undo must not read files anew.
constexpr qsizetype kModelsKept = 12;

using ModelPtr = std::shared_ptr<const TrainedModel>;

Result<ModelPtr> trainedModel(const LearnerRegistry &learners, Artifact artifact,
                              const QString &file)
{
    const auto *learner = learners.find(artifact.kind);
    if (!learner)
        return fail(ErrorCode::UnknownKind,
                    Texts::tr("It is of the kind “%1”, which this version does not know; known: "
                              "%2.")
                        .arg(artifact.kind, learners.kinds().join(", "_L1)));
    auto model = (*learner)->load(artifact);
    if (!model)
        return tl::unexpected(std::move(model).error());
    auto trained = std::make_shared<TrainedModel>();
    trained->file = file;
    trained->kind = artifact.kind;
    trained->header = std::move(artifact.header);
    trained->model = std::move(*model);
    return trained;
}

Error namedAfter(const QString &file, Error error)
{
    error.message = Texts::tr("“%1”: %2").arg(file, error.message);
    return error;
}

// The same bytes on the same disk where that is possible: such files are never written again.
bool linkOrCopy(const QString &from, const QString &to)
{
    std::error_code failed;
    std::filesystem::create_hard_link(from.toStdU16String(), to.toStdU16String(), failed);
    return !failed || QFile::copy(from, to);
}

} // namespace

struct ArtifactShelf::State
{
    LearnerRegistry learners;
    std::mutex reading; // one file at a time
    mutable std::mutex mutex; // of the two below
    QStringList folders;
    QList<ModelPtr> models; // the one asked for last stands last

    ModelPtr held(const QString &file)
    {
        const std::scoped_lock lock(mutex);
        const auto at = std::find_if(models.begin(), models.end(),
                                     [&](const ModelPtr &model) { return model->file == file; });
        if (at == models.end())
            return {};
        std::rotate(at, at + 1, models.end());
        return models.constLast();
    }
    void keep(const ModelPtr &model)
    {
        const std::scoped_lock lock(mutex);
        models.append(model);
        if (models.size() > kModelsKept)
            models.removeFirst();
    }
};

ArtifactShelf::ArtifactShelf()
    : ArtifactShelf(LearnerRegistry())
{
}

ArtifactShelf::ArtifactShelf(LearnerRegistry learners, const QStringList &folders)
    : m_state(std::make_shared<State>())
{
    m_state->learners = std::move(learners);
    for (const QString &folder : folders)
        addFolder(folder);
}

void ArtifactShelf::addFolder(const QString &folder)
{
    const QString path = QDir::cleanPath(QDir(folder).absolutePath());
    const std::scoped_lock lock(m_state->mutex);
    if (!m_state->folders.contains(path))
        m_state->folders.append(path);
}

QStringList ArtifactShelf::folders() const
{
    const std::scoped_lock lock(m_state->mutex);
    return m_state->folders;
}

bool ArtifactShelf::holds(const QString &file) const
{
    return m_state->held(file) != nullptr;
}

Result<QString> ArtifactShelf::pathOf(const QString &file) const
{
    if (!isArtifactName(file))
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("“%1” is not the plain name of a trained file, which ends in “.hga”.")
                        .arg(file));
    const QStringList places = folders();
    for (const QString &folder : places) {
        const QString path = QDir(folder).filePath(file);
        if (QFile::exists(path))
            return path;
    }
    return fail(ErrorCode::NotFound,
                places.isEmpty()
                    ? Texts::tr("There is no file “%1”; save the policy beside it, or train again.")
                          .arg(file)
                    : Texts::tr("There is no file “%1” in %2; put it there, or train again.")
                          .arg(file, QDir::toNativeSeparators(places.join(", "_L1))));
}

Result<ModelPtr> ArtifactShelf::model(const QString &file) const
{
    if (ModelPtr there = m_state->held(file))
        return there;
    const std::scoped_lock lock(m_state->reading);
    if (ModelPtr there = m_state->held(file)) // read while this thread waited
        return there;
    const auto path = pathOf(file);
    if (!path)
        return tl::unexpected(path.error());
    auto artifact = readArtifact(*path);
    if (!artifact)
        return tl::unexpected(std::move(artifact).error());
    if (artifactFileName(*artifact) != file)
        return fail(ErrorCode::Damaged,
                    Texts::tr("“%1” holds another trained model than its name says; choose the "
                              "file again, or take it from a copy.")
                        .arg(file));
    auto model = trainedModel(m_state->learners, std::move(*artifact), file);
    if (!model)
        return tl::unexpected(namedAfter(file, std::move(model).error()));
    m_state->keep(*model);
    return model;
}

Result<QString> ArtifactShelf::import(const QString &path, const QString &folder) const
{
    auto artifact = readArtifact(path);
    if (!artifact)
        return tl::unexpected(std::move(artifact).error());
    auto model = trainedModel(m_state->learners, *artifact, artifactFileName(*artifact));
    if (!model)
        return tl::unexpected(namedAfter(path, std::move(model).error()));
    if (!QDir().mkpath(folder))
        return fail(ErrorCode::Io, Texts::tr("The folder “%1” cannot be made.").arg(folder));
    auto saved = saveArtifact(*artifact, folder);
    if (saved && !holds(*saved))
        m_state->keep(*model);
    return saved;
}

Result<> ArtifactShelf::copyInto(const QString &file, const QString &folder) const
{
    const QString target = QDir(folder).filePath(file);
    if (isArtifactName(file) && QFile::exists(target))
        return {};
    const auto path = pathOf(file);
    if (!path)
        return tl::unexpected(path.error());
    if (!linkOrCopy(*path, target))
        return fail(ErrorCode::Io,
                    Texts::tr("“%1” could not be copied into “%2”.")
                        .arg(file, QDir::toNativeSeparators(folder)));
    return {};
}

} // namespace headgate::learning
