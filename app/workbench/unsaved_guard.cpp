#include "app/workbench/unsaved_guard.h"

#include "app/workbench/document_session.h"

#include <QFileDialog>
#include <QMessageBox>

using namespace Qt::StringLiterals;

namespace headgate::workbench {

UnsavedGuard::UnsavedGuard(DocumentSession &session, QWidget &window)
    : QObject(&window)
    , m_session(session)
    , m_window(window)
{
}

void UnsavedGuard::whenSafe(std::function<void()> then)
{
    if (!m_session.isEdited()) {
        then();
        return;
    }
    auto *box =
        new QMessageBox(QMessageBox::NoIcon, tr("Unsaved changes"),
                        tr("“%1” has changes that are not saved.").arg(m_session.name()),
                        QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, &m_window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("Save them before going on?"));
    box->setDefaultButton(QMessageBox::Save);
    connect(box, &QMessageBox::finished, this, [this, then = std::move(then)](int answer) {
        if (answer == QMessageBox::Save)
            save(then);
        else if (answer == QMessageBox::Discard)
            then();
    });
    box->open();
}

void UnsavedGuard::save(std::function<void()> then)
{
    if (m_session.path().isEmpty() || m_session.isReadOnly())
        saveAs(std::move(then));
    else
        write(m_session.path(), then);
}

void UnsavedGuard::saveAs(std::function<void()> then)
{
    auto *dialog = new QFileDialog(&m_window, tr("Save policy"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"headgate"_s);
    dialog->setNameFilter(tr("Policies (*.headgate)"));
    dialog->selectFile(m_session.path().isEmpty() ? m_session.name() + u".headgate"_s
                                                  : m_session.path());
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, then = std::move(then)](const QString &path) { write(path, then); });
    dialog->open();
}

void UnsavedGuard::write(const QString &path, const std::function<void()> &then)
{
    if (const auto saved = m_session.saveAs(path); !saved)
        Q_EMIT failed(saved.error().message);
    else if (then)
        then();
}

} // namespace headgate::workbench
