#pragma once

#include "app/workbench/disk_state.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include <map>

namespace headgate::workbench {

class DocumentSession;
class OpenDocuments;

// Notices when somebody else writes, replaces or removes the file of an open policy. Own saves are
// no changes, nor is a file that was merely touched.
class DiskWatch final : public QObject
{
    Q_OBJECT
public:
    explicit DiskWatch(OpenDocuments &documents, QObject *parent = nullptr); // outlive the watch

    // Looks at all files now; for moments at which a change matters, such as coming back to the
    // window. A watch of the file system may miss what happens on a network drive.
    void check();
    DiskState::Change changeOf(DocumentSession *document) const;

Q_SIGNALS:
    void changed(headgate::workbench::DocumentSession *document);

private:
    void follow(DocumentSession *document);
    void watchFiles();
    void checkOne(DocumentSession *document);

    OpenDocuments &m_documents;
    QFileSystemWatcher m_watcher;
    QTimer m_soon; // a replacement is two events; both are over by then
    std::map<DocumentSession *, DiskState::Change> m_changes;
};

} // namespace headgate::workbench
