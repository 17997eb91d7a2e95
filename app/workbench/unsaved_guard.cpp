#include "app/workbench/unsaved_guard.h"

#include "app/workbench/document_session.h"
#include "app/workbench/file_name.h"
#include "app/workbench/open_documents.h"

#include <QFileDialog>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace headgate::workbench {

namespace {

constexpr qsizetype kNamesListed = 10;

QString listed(const QList<DocumentSession *> &documents)
{
    QStringList lines;
    for (const DocumentSession *document : documents.mid(0, kNamesListed))
        lines.append(u"•  "_s + document->name());
    if (documents.size() > kNamesListed)
        lines.append(u"…"_s);
    return lines.join(u'\n');
}

QMessageBox *question(QWidget &window, const QString &title, const QString &text,
                      const QString &informative)
{
    auto *box = new QMessageBox(QMessageBox::NoIcon, title, text, QMessageBox::NoButton, &window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(informative);
    return box;
}

} // namespace

UnsavedGuard::UnsavedGuard(OpenDocuments &documents, QWidget &window)
    : QObject(&window)
    , m_documents(documents)
    , m_window(window)
{
}

void UnsavedGuard::whenSafe(DocumentSession &document, std::function<void()> then)
{
    if (!document.isEdited()) {
        then();
        return;
    }
    Q_EMIT asking(&document);
    QMessageBox *box = question(m_window, tr("Unsaved changes"),
                                tr("“%1” has changes that are not saved.").arg(document.name()),
                                tr("Save them before going on?"));
    box->setStandardButtons(QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel);
    box->setDefaultButton(QMessageBox::Save);
    connect(box, &QMessageBox::finished, this,
            [this, there = QPointer(&document), then = std::move(then)](int answer) {
                if (there && answer == QMessageBox::Save)
                    save(*there, then);
                else if (answer == QMessageBox::Discard)
                    then();
            });
    box->open();
}

void UnsavedGuard::whenAllSafe(const QList<DocumentSession *> &edited, const QString &running,
                               std::function<void()> then)
{
    if (edited.isEmpty() && running.isEmpty()) {
        then();
        return;
    }
    QString text = tr("Something is still running.");
    QString more = running;
    if (!edited.isEmpty()) {
        text = tr("%n policies have changes that are not saved:", nullptr, int(edited.size()));
        more = running.isEmpty() ? listed(edited) : listed(edited) + u"\n\n"_s + running;
    }
    QMessageBox *box = question(m_window, tr("Quit"), text, more);
    QPushButton *save = nullptr;
    QPushButton *go = nullptr;
    if (edited.isEmpty()) {
        go = box->addButton(tr("Stop and quit"), QMessageBox::DestructiveRole);
    } else {
        save = box->addButton(edited.size() == 1 ? tr("Save") : tr("Save all"),
                              QMessageBox::AcceptRole);
        go = box->addButton(edited.size() == 1 ? tr("Discard") : tr("Discard all"),
                            QMessageBox::DestructiveRole);
        save->setObjectName(u"saveAll"_s);
    }
    go->setObjectName(u"goOn"_s);
    QPushButton *cancel = box->addButton(QMessageBox::Cancel);
    box->setDefaultButton(save ? save : cancel);
    box->setEscapeButton(cancel);
    QList<QPointer<DocumentSession>> there(edited.cbegin(), edited.cend());
    connect(box, &QMessageBox::finished, this,
            [this, box, save, go, there, then = std::move(then)] {
                QList<DocumentSession *> left;
                for (const auto &document : there) {
                    if (document)
                        left.append(document);
                }
                if (save && box->clickedButton() == save)
                    saveAll(left, then);
                else if (box->clickedButton() == go)
                    then();
            });
    box->open();
}

void UnsavedGuard::save(DocumentSession &document, std::function<void()> then)
{
    if (document.path().isEmpty() || document.isReadOnly())
        saveAs(document, std::move(then));
    else
        write(document, document.path(), then);
}

void UnsavedGuard::saveAs(DocumentSession &document, std::function<void()> then)
{
    Q_EMIT asking(&document);
    auto *dialog = new QFileDialog(&m_window, tr("Save “%1” as").arg(document.name()));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"headgate"_s);
    dialog->setNameFilter(tr("Policies (*.headgate)"));
    dialog->selectFile(document.path().isEmpty() ? fileNameOf(document.name()) + u".headgate"_s
                                                 : document.path());
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, there = QPointer(&document), then = std::move(then)](const QString &path) {
                if (there)
                    write(*there, path, then);
            });
    dialog->open();
}

void UnsavedGuard::saveAll(const QList<DocumentSession *> &documents, std::function<void()> then)
{
    if (documents.isEmpty()) {
        if (then)
            then();
        return;
    }
    const QList<QPointer<DocumentSession>> rest(documents.cbegin() + 1, documents.cend());
    save(*documents.first(), [this, rest, then = std::move(then)] {
        QList<DocumentSession *> left;
        for (const auto &document : rest) {
            if (document)
                left.append(document);
        }
        saveAll(left, then);
    });
}

void UnsavedGuard::write(DocumentSession &document, const QString &path,
                         const std::function<void()> &then)
{
    const DocumentSession *other = m_documents.find(path);
    if (other && other != &document && !other->path().isEmpty()) {
        Q_EMIT failed(
            tr("“%1” is open in another tab and is not written over. Choose another name.")
                .arg(other->name()));
        return;
    }
    const bool same = path == document.path();
    if (same && document.diskChange(true) == DiskState::Change::Changed) {
        askToWriteOver(document, then);
        return;
    }
    if (const auto saved = document.saveAs(path); !saved)
        Q_EMIT failed(saved.error().message);
    else if (then)
        then();
}

void UnsavedGuard::askToWriteOver(DocumentSession &document, const std::function<void()> &then)
{
    Q_EMIT asking(&document);
    QMessageBox *box = question(
        m_window, tr("Changed on disk"),
        tr("“%1” was changed by another program since it was opened here.").arg(document.name()),
        tr("Saving writes over that; what is there now is kept beside it as a backup."));
    QPushButton *over = box->addButton(tr("Save over it"), QMessageBox::DestructiveRole);
    over->setObjectName(u"saveOver"_s);
    QPushButton *compare = box->addButton(tr("Compare"), QMessageBox::ActionRole);
    QPushButton *another = box->addButton(tr("Save as…"), QMessageBox::ActionRole);
    box->setDefaultButton(box->addButton(QMessageBox::Cancel));
    connect(box, &QMessageBox::finished, this,
            [this, box, over, compare, another, there = QPointer(&document), then] {
                if (!there)
                    return;
                if (box->clickedButton() == over) {
                    there->keepMine();
                    write(*there, there->path(), then);
                } else if (box->clickedButton() == another) {
                    saveAs(*there, then);
                } else if (box->clickedButton() == compare) {
                    Q_EMIT compareRequested(there);
                }
            });
    box->open();
}

} // namespace headgate::workbench
