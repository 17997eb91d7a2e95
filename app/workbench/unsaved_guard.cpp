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

QString listed(const QStringList &names)
{
    QStringList lines;
    for (const QString &name : names.mid(0, kNamesListed))
        lines.append(u"•  "_s + name);
    if (names.size() > kNamesListed)
        lines.append(u"…"_s);
    return lines.join(u'\n');
}

QString listed(const QList<DocumentSession *> &documents)
{
    QStringList names;
    for (const DocumentSession *document : documents)
        names.append(document->name());
    return listed(names);
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

void UnsavedGuard::whenAllSafe(const QList<DocumentSession *> &edited, const StillRunning &running,
                               std::function<void()> then)
{
    const QStringList &names = running.names;
    if (edited.isEmpty() && names.isEmpty()) {
        then();
        return;
    }
    QString text = names.size() == 1 ? tr("%1 is still running.").arg(names.first())
                                     : tr("%n jobs are still running:", nullptr, int(names.size()));
    QStringList more;
    if (!edited.isEmpty()) {
        if (!names.isEmpty())
            more.append(text);
        text = tr("%n policies have changes that are not saved:", nullptr, int(edited.size()));
        more.prepend(listed(edited));
    }
    if (names.size() > 1)
        more.append(listed(names));
    if (!names.isEmpty())
        more.append(running.consequence);
    QMessageBox *box = question(m_window, tr("Quit"), text, more.join(u"\n\n"_s));
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
    if (const auto found = policy::keyTextsIn(document.editor().document());
        !found.isEmpty() && found != document.keysMeant()) {
        askAboutKeys(document, path, then);
        return;
    }
    if (const auto saved = document.saveAs(path); !saved)
        Q_EMIT failed(saved.error().message);
    else if (then)
        then();
}

void UnsavedGuard::askAboutKeys(DocumentSession &document, const QString &path,
                                const std::function<void()> &then)
{
    Q_EMIT asking(&document);
    const auto found = policy::keyTextsIn(document.editor().document());
    QStringList places;
    for (const policy::KeyText &text : found)
        places.append(text.place);
    const bool isProviders = std::any_of(found.cbegin(), found.cend(),
                                         [](const auto &text) { return text.isProviders; });
    QMessageBox *box = question(
        m_window, tr("Key in the policy"),
        isProviders ? tr("A key of one of your providers would be written into the file:")
                    : tr("What looks like a key would be written into the file:"),
        listed(places) + u"\n\n"_s +
            tr("Whoever gets the file gets it, too. Keys belong into Providers, and no policy "
               "needs one."));
    QPushButton *takeOut = box->addButton(tr("Take it out and save"), QMessageBox::AcceptRole);
    takeOut->setObjectName(u"takeKeysOut"_s);
    QPushButton *keep = box->addButton(tr("Save with it"), QMessageBox::DestructiveRole);
    keep->setObjectName(u"saveWithKeys"_s);
    box->setDefaultButton(takeOut);
    box->setEscapeButton(box->addButton(QMessageBox::Cancel));
    connect(box, &QMessageBox::finished, this,
            [this, box, takeOut, keep, found, path, there = QPointer(&document), then] {
                if (!there || (box->clickedButton() != takeOut && box->clickedButton() != keep))
                    return;
                if (box->clickedButton() == takeOut)
                    there->takeKeysOut();
                else
                    there->setKeysMeant(found);
                write(*there, path, then);
            });
    box->open();
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
