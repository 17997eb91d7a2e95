#include "app/workbench/disk_watch.h"

#include "app/workbench/document_session.h"
#include "app/workbench/open_documents.h"

#include <QFileInfo>

namespace headgate::workbench {

namespace {

constexpr int kSettleMs = 150;

}

DiskWatch::DiskWatch(OpenDocuments &documents, QObject *parent)
    : QObject(parent)
    , m_documents(documents)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSettleMs);
    connect(&m_soon, &QTimer::timeout, this, &DiskWatch::check);
    const auto soon = qOverload<>(&QTimer::start);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_soon, soon);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_soon, soon);
    connect(&documents, &OpenDocuments::added, this, &DiskWatch::follow);
    connect(&documents, &OpenDocuments::closing, this, [this](DocumentSession *document) {
        document->disconnect(this);
        m_changes.erase(document);
        watchFiles();
    });
    for (DocumentSession *document : documents.all())
        follow(document);
}

void DiskWatch::follow(DocumentSession *document)
{
    m_changes.emplace(document, DiskState::Change::None);
    connect(document, &DocumentSession::changed, this, [this, document] {
        watchFiles();
        checkOne(document);
    });
    watchFiles();
}

// The folders, too: an editor that replaces a file takes the watched one away.
void DiskWatch::watchFiles()
{
    QSet<QString> wanted;
    for (const auto &[document, change] : m_changes) {
        if (document->path().isEmpty())
            continue;
        const QFileInfo file(document->path());
        if (file.exists())
            wanted.insert(file.absoluteFilePath());
        if (QFileInfo::exists(file.absolutePath()))
            wanted.insert(file.absolutePath());
    }
    QSet<QString> watched;
    for (const QString &path : m_watcher.files() + m_watcher.directories())
        watched.insert(path);
    const QSet<QString> gone = watched - wanted;
    const QSet<QString> fresh = wanted - watched;
    if (!gone.isEmpty())
        m_watcher.removePaths(gone.values());
    if (!fresh.isEmpty())
        m_watcher.addPaths(fresh.values());
}

void DiskWatch::check()
{
    watchFiles();
    const QList<DocumentSession *> all = m_documents.all();
    for (DocumentSession *document : all)
        checkOne(document);
}

void DiskWatch::checkOne(DocumentSession *document)
{
    const auto found = m_changes.find(document);
    const DiskState::Change now = document->diskChange();
    if (found == m_changes.end() || found->second == now)
        return;
    found->second = now;
    Q_EMIT changed(document);
}

DiskState::Change DiskWatch::changeOf(DocumentSession *document) const
{
    const auto found = m_changes.find(document);
    return found == m_changes.end() ? DiskState::Change::None : found->second;
}

} // namespace headgate::workbench
