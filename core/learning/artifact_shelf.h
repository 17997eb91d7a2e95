#pragma once

#include "core/learning/learner.h"

#include <memory>

namespace headgate::learning {

// A model ready to decide, with what its file says of how it came about.
struct TrainedModel
{
    QString file; // its name
    QString kind; // of its learner
    Json header;
    std::unique_ptr<const PromptModel> model;
};

// Where trained models are found by the names of their files, and those that were read already.
// Names say what is in a file (artifact_file.h), so that it does not matter in which folder it was
// found. Copies share folders and models; any thread.
class ArtifactShelf
{
public:
    ArtifactShelf(); // an empty one that reads nothing
    explicit ArtifactShelf(LearnerRegistry learners, const QStringList &folders = {});

    // Looked into after those that it has; a second time changes nothing.
    void addFolder(const QString &folder);
    QStringList folders() const;

    // A sentence where there is none of that name, or what is there is not it: InvalidInput for
    // what is no plain name, NotFound, Damaged, UnsupportedVersion, UnknownKind. Reads the file
    // once; takes a while then.
    [[nodiscard]] Result<std::shared_ptr<const TrainedModel>> model(const QString &file) const;
    bool holds(const QString &file) const; // model() answers at once

    // The first folder that has a file of that name; the sentence names the folders.
    [[nodiscard]] Result<QString> pathOf(const QString &file) const;
    // Puts what is in that file, which may have any name, into the folder and returns its proper
    // name. What does not read as a trained model is refused.
    [[nodiscard]] Result<QString> import(const QString &path, const QString &folder) const;
    // So that the folder has the file, too. NotFound where no folder has it.
    [[nodiscard]] Result<> copyInto(const QString &file, const QString &folder) const;

private:
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace headgate::learning
