#include "app/workbench/document_notices.h"

#include "app/workbench/disk_watch.h"
#include "app/workbench/document_session.h"
#include "app/workbench/open_documents.h"
#include "ui/common/message_bar.h"

namespace headgate::workbench {

using ui::MessageBar;

DocumentNotices::DocumentNotices(MessageBar &bar, OpenDocuments &documents, DiskWatch &watch,
                                 QObject *parent)
    : QObject(parent)
    , m_bar(bar)
    , m_documents(documents)
    , m_watch(watch)
{
    const auto follow = [this](DocumentSession *document) {
        connect(document, &DocumentSession::changed, this, &DocumentNotices::show);
    };
    for (DocumentSession *document : documents.all())
        follow(document);
    connect(&documents, &OpenDocuments::added, this, follow);
    connect(&documents, &OpenDocuments::closing, this, [this](DocumentSession *document) {
        document->disconnect(this);
        m_dismissed.erase(document);
    });
    connect(&documents, &OpenDocuments::currentChanged, this, &DocumentNotices::show);
    connect(&watch, &DiskWatch::changed, this, [this](DocumentSession *document) {
        m_dismissed.erase(document);
        m_notice = Notice::None; // said again even where it is the same
        show();
    });
    connect(&bar, &MessageBar::dismissed, this, [this] {
        if (m_shown)
            m_dismissed[m_shown] = m_notice;
    });
    show();
}

DocumentNotices::Notice DocumentNotices::noticeOf(DocumentSession *document) const
{
    Notice notice = document->isReadOnly() ? Notice::ReadOnly : Notice::None;
    if (m_watch.changeOf(document) == DiskState::Change::Changed)
        notice = Notice::Changed;
    if (m_watch.changeOf(document) == DiskState::Change::Deleted)
        notice = Notice::Deleted;
    const auto dismissed = m_dismissed.find(document);
    return dismissed != m_dismissed.end() && dismissed->second == notice ? Notice::None : notice;
}

void DocumentNotices::show()
{
    DocumentSession *document = &m_documents.current();
    const Notice notice = noticeOf(document);
    if (document == m_shown && notice == m_notice)
        return;
    m_shown = document;
    m_notice = notice;
    switch (notice) {
    case Notice::None:
        m_bar.dismiss();
        break;
    case Notice::Changed:
        showChanged(document);
        break;
    case Notice::Deleted:
        m_bar.showMessage(
            MessageBar::Level::Warning,
            tr("“%1” is no longer on disk. The policy stays open as it is.").arg(document->name()),
            tr("Save it again"), [this, document] { Q_EMIT saveRequested(document); });
        break;
    case Notice::ReadOnly:
        m_bar.showMessage(MessageBar::Level::Information,
                          tr("“%1” was written by a newer version of Headgate. It can be looked at "
                             "and saved under another name, never saved over.")
                              .arg(document->name()),
                          tr("Save as…"), [this, document] { Q_EMIT saveAsRequested(document); });
        break;
    }
}

void DocumentNotices::showChanged(DocumentSession *document)
{
    const QString sentence =
        document->isEdited()
            ? tr("“%1” was changed on disk by another program; here it has unsaved edits, too.")
            : tr("“%1” was changed on disk by another program.");
    const auto reload = [this, document] {
        m_shown = nullptr; // if it fails, the choice is offered again
        if (const auto done = document->reload(tr("Reload from disk")); !done)
            Q_EMIT failed(done.error().message);
        show();
    };
    m_bar.showChoice(
        MessageBar::Level::Warning, sentence.arg(document->name()),
        {{tr("Reload"), reload},
         {tr("Keep mine"), [document] { document->keepMine(); }},
         {tr("Compare"), [this, document] { Q_EMIT compareRequested(document); }, true}});
}

} // namespace headgate::workbench
