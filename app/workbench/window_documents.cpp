#include "app/workbench/compare_dialog.h"
#include "app/workbench/disk_watch.h"
#include "app/workbench/document_notices.h"
#include "app/workbench/document_session.h"
#include "app/workbench/document_tabs.h"
#include "app/workbench/main_window.h"
#include "app/workbench/open_documents.h"
#include "app/workbench/recovery_keeper.h"
#include "app/workbench/recovery_offer.h"
#include "app/workbench/status_strip.h"
#include "app/workbench/unsaved_guard.h"
#include "ui/ask/ask_page.h"
#include "ui/common/message_bar.h"
#include "ui/common/settings.h"
#include "ui/editor/build_page.h"
#include "ui/evaluate/evaluate_page.h"
#include "ui/evaluate/policy_history.h"
#include "ui/home/examples.h"
#include "ui/jobs/jobs_dock.h"

#include <QCloseEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace headgate::workbench {

void MainWindow::connectDocuments()
{
    connect(m_documents, &OpenDocuments::added, this, &MainWindow::connectDocument);
    connect(m_documents, &OpenDocuments::closing, this, &MainWindow::forget);
    connect(m_documents, &OpenDocuments::currentChanged, this, &MainWindow::showCurrent);
    connect(m_tabs, &DocumentTabs::closeRequested, this,
            [this](DocumentSession *document) { closeDocument(*document); });
    connect(m_guard, &UnsavedGuard::failed, this, &MainWindow::tell);
    connect(m_guard, &UnsavedGuard::asking, m_documents,
            [this](DocumentSession *document) { m_documents->setCurrent(*document); });
    for (DocumentSession *document : m_documents->all())
        connectDocument(document);
    showDocument();
}

void MainWindow::watchDisk()
{
    m_disk = new DiskWatch(*m_documents, this);
    auto *notices = new DocumentNotices(*m_documentBar, *m_documents, *m_disk, this);
    connect(notices, &DocumentNotices::saveRequested, this,
            [this](DocumentSession *document) { m_guard->save(*document); });
    connect(notices, &DocumentNotices::saveAsRequested, this,
            [this](DocumentSession *document) { m_guard->saveAs(*document); });
    connect(notices, &DocumentNotices::failed, this, &MainWindow::tell);
    connect(notices, &DocumentNotices::compareRequested, this, &MainWindow::compareWithDisk);
    connect(m_guard, &UnsavedGuard::compareRequested, this, &MainWindow::compareWithDisk);
}

void MainWindow::keepForRecovery(const QString &folder)
{
    m_recovery = new RecoveryKeeper(*m_documents, folder, this);
    connect(m_recovery, &RecoveryKeeper::failed, this, &MainWindow::tell);
    m_recoveryOffer = new RecoveryOffer(*m_recoveryBar, *m_recovery, *m_documents, *this);
    connect(m_recoveryOffer, &RecoveryOffer::restored, this, [this] { setMode(Mode::Build); });
}

void MainWindow::connectDocument(DocumentSession *document)
{
    m_documentPages[document].history =
        new ui::PolicyHistory(document->editor(), document->undoStack(), document);
    const auto show = [this, document] {
        if (document == m_session)
            showDocument();
    };
    connect(document, &DocumentSession::changed, this, show);
    connect(&document->editor(), &policy::PolicyEditor::modelsChanged, this, show);
    connect(document, &DocumentSession::saved, this, [this, document] {
        m_settings.addRecentFile(document->path());
        rememberSession();
        learn("save");
    });
    connect(&document->undoStack(), &QUndoStack::indexChanged, this, [this](int index) {
        if (index > 0)
            learn("edit");
        if (m_evaluate)
            m_evaluate->measureSoon();
        refreshEvaluate();
    });
}

MainWindow::DocumentPages *MainWindow::pagesOf(const DocumentSession *document)
{
    const auto found = m_documentPages.find(document);
    return found == m_documentPages.end() ? nullptr : &found->second;
}

void MainWindow::showCurrent()
{
    m_session = &m_documents->current();
    const DocumentPages &pages = *pagesOf(m_session);
    m_build = pages.build;
    m_ask = pages.ask;
    showDocument();
    showCoverage();
    if (m_evaluate)
        m_evaluate->measureSoon();
    if (m_started && mode() != Mode::Home && mode() != Mode::Savings)
        setMode(mode());
}

void MainWindow::forget(DocumentSession *document)
{
    if (document == m_asked && m_queries->isRunning())
        m_queries->stop();
    document->undoStack().disconnect(this);
    QObject::disconnect(&document->editor(), nullptr, this, nullptr);
    const DocumentPages pages = *pagesOf(document);
    m_documentPages.erase(document);
    // Before the document, which goes in the same turn of the loop.
    for (QWidget *page : {static_cast<QWidget *>(pages.build), static_cast<QWidget *>(pages.ask)}) {
        if (!page)
            continue;
        m_stack->removeWidget(page);
        page->disconnect(this);
        page->deleteLater();
    }
}

void MainWindow::openFirst(const QString &file)
{
    const bool returned = openSession();
    if (!file.isEmpty())
        load(file);
    else if (!returned)
        load(ui::workedExamplePath());
    connect(m_documents, &OpenDocuments::currentChanged, this, &MainWindow::rememberSession);
    connect(m_documents, &OpenDocuments::orderChanged, this, &MainWindow::rememberSession);
    connect(m_documents, &OpenDocuments::closing, this, &MainWindow::rememberSession);
}

void MainWindow::openPath(const QString &path)
{
    if (load(path))
        setMode(Mode::Build);
}

bool MainWindow::load(const QString &path)
{
    if (const auto opened = m_documents->open(path); !opened) {
        tell(opened.error().message);
        return false;
    }
    m_message->dismiss();
    if (!m_session->path().isEmpty())
        m_settings.addRecentFile(QFileInfo(m_session->path()).absoluteFilePath());
    return true;
}

void MainWindow::askForFile()
{
    auto *dialog = new QFileDialog(this, tr("Open policy"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("Policies (*.headgate)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, &MainWindow::openPaths);
    dialog->open();
}

void MainWindow::openPaths(const QStringList &paths)
{
    QStringList refused;
    bool opened = false;
    for (const QString &path : paths) {
        if (const auto result = m_documents->open(path); !result) {
            refused.append(result.error().message);
            continue;
        }
        opened = true;
        m_settings.addRecentFile(QFileInfo(path).absoluteFilePath());
    }
    if (opened)
        setMode(Mode::Build);
    if (refused.isEmpty())
        m_message->dismiss();
    else
        tell(refused.join(u'\n'));
}

void MainWindow::newPolicy()
{
    m_documents->addNew();
    setMode(Mode::Build);
}

void MainWindow::closeDocument(DocumentSession &document)
{
    m_guard->whenSafe(document, [this, there = QPointer(&document)] {
        if (there)
            m_documents->close(*there);
    });
}

void MainWindow::closeAllDocuments()
{
    m_guard->whenAllSafe(m_documents->edited(), {}, [this] {
        const QList<DocumentSession *> all = m_documents->all();
        for (DocumentSession *document : all)
            m_documents->close(*document);
        setMode(Mode::Home);
    });
}

void MainWindow::revertToSaved()
{
    if (m_session->path().isEmpty()) {
        tell(tr("“%1” was never saved, so there is nothing to go back to.").arg(m_session->name()));
        return;
    }
    if (const auto done = m_session->reload(tr("Revert to saved")); !done)
        tell(done.error().message);
}

void MainWindow::compareWithDisk(DocumentSession *document)
{
    const auto loaded = DocumentSession::read(document->path());
    if (!loaded) {
        tell(loaded.error().message);
        return;
    }
    auto *dialog = new CompareDialog(
        tr("What “%1” has here, compared with the file on disk:").arg(document->name()),
        policy::differences(loaded->document, document->editor().document()), this);
    dialog->show();
}

bool MainWindow::event(QEvent *event)
{
    if (event->type() == QEvent::WindowActivate)
        m_disk->check();
    return QMainWindow::event(event);
}

void MainWindow::showDocument()
{
    setWindowTitle(tr("%1[*] – Headgate").arg(m_session->name()));
    setWindowModified(m_session->isEdited());
    m_status->setPolicy(m_session->name(), m_session->isEdited(), m_session->isReadOnly());
    m_status->setOrigin(m_queries->origin(m_session->editor().document()));
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    const bool idle = !m_queries->isRunning() && m_jobs->active() == 0;
    if (m_mayClose || (m_documents->edited().isEmpty() && idle)) {
        rememberSession();
        if (m_recovery) // it has started
            m_recovery->forgetAll();
        event->accept();
        return;
    }
    event->ignore();
    quit();
}

} // namespace headgate::workbench
