#pragma once

#include "app/workbench/recovery_folder.h"
#include "app/workbench/recovery_writer.h"

#include <QElapsedTimer>

#include <map>

class QTimer;

namespace headgate::workbench {

class DocumentSession;
class OpenDocuments;

// Keeps a recovery file for every open policy that has unsaved edits, and none for one that has
// not. After an edit the file follows within a second and the time of one write; a document is
// written at most once a second, off the GUI thread.
class RecoveryKeeper final : public QObject
{
    Q_OBJECT
public:
    // The documents outlive the keeper. `root`: see RecoveryFolder.
    RecoveryKeeper(OpenDocuments &documents, const QString &root, QObject *parent = nullptr);
    ~RecoveryKeeper() override; // after the last edits are written

    // What earlier windows left when they were killed. Found once; a record leaves the list when
    // it is restored or discarded.
    void findLeft();
    const QList<RecoveryFolder::Left> &left() const { return m_left; }
    // The document now holds what the record held. The record's file goes when the document's own
    // is on disk, so that a second crash loses nothing either.
    void restored(qsizetype index, DocumentSession &document);
    void discard(qsizetype index);

    // The user has saved or discarded everything: nothing is kept from now on.
    void forgetAll();
    void finish(); // waits for what is being written

Q_SIGNALS:
    void failed(const QString &sentence); // edits cannot be kept; told once

private:
    struct Kept
    {
        QString file;
        QTimer *timer = nullptr; // a child of the document
        QElapsedTimer sinceWritten;
        bool written = false;
        QString replaces; // a file that goes when this one is written
    };
    void follow(DocumentSession *document);
    void unfollow(DocumentSession *document);
    void noteEdit(DocumentSession *document);
    void keep(DocumentSession *document);

    OpenDocuments &m_documents;
    RecoveryFolder m_folder;
    RecoveryWriter m_writer;
    std::map<DocumentSession *, Kept> m_kept;
    QList<RecoveryFolder::Left> m_left;
    bool m_told = false;
};

} // namespace headgate::workbench
