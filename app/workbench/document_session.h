#pragma once

#include "app/workbench/disk_state.h"
#include "core/policy/key_texts.h"
#include "core/learning/artifact_shelf.h"
#include "core/policy/policy_editor.h"

#include <QUndoStack>

namespace headgate::workbench {

struct RecoveryRecord;

// The open policy and its file: what is edited, what is saved, under which name.
class DocumentSession final : public QObject
{
    Q_OBJECT
public:
    explicit DocumentSession(QObject *parent = nullptr);
    ~DocumentSession() override;

    policy::PolicyEditor &editor() { return m_editor; }
    const policy::PolicyEditor &editor() const { return m_editor; }
    QUndoStack &undoStack() { return m_undo; }

    // Where the trained files that policies name are found. The folder of this one is added to it,
    // and saving puts the files that are named beside the policy.
    void useArtifacts(const learning::ArtifactShelf &artifacts);

    // A policy that holds a query and an answer only.
    void createNew();

    // What a file holds, read but not shown yet.
    struct Loaded
    {
        policy::PolicyDocument document;
        QString path; // as it was asked for; an example's begins with ":/"
        bool readOnly = false;
        DiskState onDisk{};
    };
    static Result<Loaded> read(const QString &path);
    // Replaces the policy, without a way back; an example becomes an untitled copy.
    void take(Loaded loaded);
    // Both in one: on failure the open policy stays as it is.
    Result<> open(const QString &path);
    // Reads the file again; one step of undo leads back. On failure nothing changes.
    Result<> reload(const QString &undoText);
    // Shows what a recovery file held. One step of undo leads back to the policy's own file, which
    // is read before where it can be.
    void restore(const RecoveryRecord &record);

    // InvalidInput where there is no path yet or the file is of a newer version: save as. Busy
    // where somebody else has written the file since.
    Result<> save();
    Result<> saveAs(const QString &path);

    QString path() const { return m_path; }     // empty: untitled
    QString source() const { return m_source; } // where it was read from: the path, or an example
    QString name() const; // of the file, or of the policy where it is untitled
    // Whether somebody else has written or removed the file since it was read or saved here.
    DiskState::Change diskChange(bool byContent = false) const;
    // What is on disk now may be written over. Until then the policy counts as edited.
    void keepMine();

    // Texts with keys that the user wants in the file all the same, until another policy is opened.
    const QList<policy::KeyText> &keysMeant() const { return m_keysMeant; }
    void setKeysMeant(const QList<policy::KeyText> &texts) { m_keysMeant = texts; }
    void takeKeysOut(); // one step of undo

    int editCount() const; // steps since it was last saved; at least one where it is edited
    bool isEdited() const { return !m_undo.isClean(); }
    bool isReadOnly() const { return m_readOnly; } // written by a newer version
    // As createNew() left it: nothing is lost when it goes.
    bool isBlank() const;

Q_SIGNALS:
    void changed(); // path, name, edited
    void saved();

private:
    void addOwnFolder();
    Result<> copyArtifacts(const QString &path) const; // beside the policy's new place

    policy::PolicyEditor m_editor;
    QUndoStack m_undo;
    QString m_path;
    QString m_source;
    DiskState m_onDisk;
    learning::ArtifactShelf m_artifacts;
    int m_carriedEdits = 0; // made before a crash
    QList<policy::KeyText> m_keysMeant;
    bool m_readOnly = false;
};

} // namespace headgate::workbench
