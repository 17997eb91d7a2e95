#pragma once

#include "core/common/worker_thread.h"
#include "core/learning/artifact_shelf.h"

#include <QHash>
#include <QObject>
#include <QSet>

namespace headgate::ui {

// What a form shows of a trained file.
struct ArtifactNote
{
    bool isUsable = false;
    QString text; // "Labels easy, hard · trained on 1,200 prompts · …", or why it cannot be used

    bool operator==(const ArtifactNote &) const = default;
};

// The trained files that drawings name: those of the workbench's own folder and those beside open
// policies. Lives on the GUI thread; files are read on others.
class ArtifactLibrary final : public QObject
{
    Q_OBJECT
public:
    // `folder` is the workbench's own; it is made when something is put there. Empty: nothing is.
    ArtifactLibrary(learning::ArtifactShelf shelf, const QString &folder,
                    QObject *parent = nullptr);

    // Copies share its folders: those of open policies come to it by their sessions.
    const learning::ArtifactShelf &shelf() const { return m_shelf; }

    // None where it is not known yet: then it is looked up, and looked() follows.
    std::optional<ArtifactNote> note(const QString &file);
    // Puts what a file of any name holds into the own folder. `done` gets its proper name, or why
    // it cannot be used; not at all where the context or the library has gone by then.
    void take(const QString &path, QObject *context,
              std::function<void(const Result<QString> &)> done);

Q_SIGNALS:
    void looked(const QString &file);

private:
    learning::ArtifactShelf m_shelf;
    QString m_folder;
    QHash<QString, ArtifactNote> m_notes; // of files that can be used
    QSet<QString> m_looking;
    WorkerThread m_worker;
};

// What stands in the header and what the model does, in one line.
ArtifactNote noteOf(const learning::TrainedModel &trained);

} // namespace headgate::ui
