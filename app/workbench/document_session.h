#pragma once

#include "core/policy/policy_editor.h"

#include <QUndoStack>

namespace headgate::workbench {

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

    // A policy that holds a query and an answer only.
    void createNew();

    // What a file holds, read but not shown yet.
    struct Loaded
    {
        policy::PolicyDocument document;
        QString path; // as it was asked for; an example's begins with ":/"
        bool readOnly = false;
    };
    static Result<Loaded> read(const QString &path);
    // Replaces the policy, without a way back; an example becomes an untitled copy.
    void take(Loaded loaded);
    // Both in one: on failure the open policy stays as it is.
    Result<> open(const QString &path);
    // InvalidInput where there is no path yet or the file is of a newer version: save as.
    Result<> save();
    Result<> saveAs(const QString &path);

    QString path() const { return m_path; }     // empty: untitled
    QString source() const { return m_source; } // where it was read from: the path, or an example
    QString name() const; // of the file, or of the policy where it is untitled
    bool isEdited() const { return !m_undo.isClean(); }
    bool isReadOnly() const { return m_readOnly; } // written by a newer version
    // As createNew() left it: nothing is lost when it goes.
    bool isBlank() const;

Q_SIGNALS:
    void changed(); // path, name, edited
    void saved();

private:
    policy::PolicyEditor m_editor;
    QUndoStack m_undo;
    QString m_path;
    QString m_source;
    bool m_readOnly = false;
};

} // namespace headgate::workbench
