#pragma once

#include "core/common/result.h"
#include "core/learning/artifact_shelf.h"

#include <QList>
#include <QObject>
#include <QUndoGroup>

namespace headgate::workbench {

class DocumentSession;
struct RecoveryRecord;

// The policies that are open, in the order of their tabs; there is always at least one, and one is
// the current one. Owns them, each with its own undo stack; the group follows the current one.
class OpenDocuments final : public QObject
{
    Q_OBJECT
public:
    explicit OpenDocuments(QObject *parent = nullptr); // with one blank policy
    ~OpenDocuments() override;

    // Where trained files are found, for those that are open and those to come.
    void useArtifacts(const learning::ArtifactShelf &artifacts);

    const QList<DocumentSession *> &all() const { return m_all; }
    QList<DocumentSession *> edited() const;
    DocumentSession &current() const { return *m_current; }
    DocumentSession *find(const QString &path) const; // nullptr where that file is not open
    QUndoGroup &undoGroup() { return m_undo; }

    // A blank policy becomes current; one that is there already is taken.
    DocumentSession &addNew();
    // The file becomes current: its own tab where it is open already; else it takes the place of
    // a blank policy, or comes behind the others. On failure everything stays as it was.
    Result<> open(const QString &path);
    // What a recovery file held becomes current: in its file's own tab, unless that has edits of
    // its own; then it is a copy without a file.
    DocumentSession &restore(RecoveryRecord record);
    // Forgets the document without asking. After the last one a blank policy is open.
    void close(DocumentSession &document);
    void setCurrent(DocumentSession &document);
    void move(qsizetype from, qsizetype to);

Q_SIGNALS:
    void added(headgate::workbench::DocumentSession *document);
    void closing(headgate::workbench::DocumentSession *document); // goes when control is back
                                                                  // in the loop
    void currentChanged(headgate::workbench::DocumentSession *document);
    void orderChanged();

private:
    DocumentSession &add();
    DocumentSession *blank() const;

    QUndoGroup m_undo;
    QList<DocumentSession *> m_all; // children of this
    DocumentSession *m_current = nullptr;
    learning::ArtifactShelf m_artifacts;
};

} // namespace headgate::workbench
