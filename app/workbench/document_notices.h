#pragma once

#include "app/workbench/disk_state.h"

#include <QObject>
#include <QPointer>

#include <map>

namespace headgate::ui {
class MessageBar;
}

namespace headgate::workbench {

class DiskWatch;
class DocumentSession;
class OpenDocuments;

// Says in a bar what is to be known of the current document's file: changed or removed by somebody
// else, or of a newer version. Asks before anything is written over or thrown away.
class DocumentNotices final : public QObject
{
    Q_OBJECT
public:
    // All outlive the notices.
    DocumentNotices(ui::MessageBar &bar, OpenDocuments &documents, DiskWatch &watch,
                    QObject *parent = nullptr);

Q_SIGNALS:
    void saveRequested(headgate::workbench::DocumentSession *document);
    void saveAsRequested(headgate::workbench::DocumentSession *document);
    void compareRequested(headgate::workbench::DocumentSession *document);
    void failed(const QString &sentence);

private:
    enum class Notice { None, Changed, Deleted, ReadOnly };

    Notice noticeOf(DocumentSession *document) const;
    void show();
    void showChanged(DocumentSession *document);

    ui::MessageBar &m_bar;
    OpenDocuments &m_documents;
    DiskWatch &m_watch;
    QPointer<DocumentSession> m_shown;
    Notice m_notice = Notice::None;
    std::map<DocumentSession *, Notice> m_dismissed; // by the user, until it is another one
};

} // namespace headgate::workbench
