#pragma once

#include <QList>
#include <QObject>
#include <QStringList>

#include <functional>

class QWidget;

namespace headgate::workbench {

class DocumentSession;
class OpenDocuments;

// What runs on and would be stopped.
struct StillRunning
{
    QStringList names{};   // "Recording of practice"; empty: nothing runs
    QString consequence{}; // of stopping it; a sentence
};

// Stands before whatever would throw edits away: asks to save, and asks for a file where a policy
// has none. Dialogs do not block; a document that goes while one is open is left alone.
class UnsavedGuard final : public QObject
{
    Q_OBJECT
public:
    // Both outlive the guard.
    UnsavedGuard(OpenDocuments &documents, QWidget &window);

    // Calls `then` at once where nothing is unsaved; else after the user saved or discarded; never
    // where the user cancelled or saving failed.
    void whenSafe(DocumentSession &document, std::function<void()> then);
    // The same for several documents in one question that lists them; it names, too, what runs.
    void whenAllSafe(const QList<DocumentSession *> &edited, const StillRunning &running,
                     std::function<void()> then);
    // Saves under the present name, or asks for one; asks, too, before it writes over what another
    // program has written since, and before a key is written into the file. `then` is called after
    // success and may be empty.
    void save(DocumentSession &document, std::function<void()> then = {});
    void saveAs(DocumentSession &document, std::function<void()> then = {});
    // One after the other; stops at the first that is cancelled or fails.
    void saveAll(const QList<DocumentSession *> &documents, std::function<void()> then = {});

Q_SIGNALS:
    void failed(const QString &sentence);
    void compareRequested(headgate::workbench::DocumentSession *document);
    // A dialog is about the document now, so that it should be seen.
    void asking(headgate::workbench::DocumentSession *document);

private:
    void write(DocumentSession &document, const QString &path, const std::function<void()> &then);
    void askToWriteOver(DocumentSession &document, const std::function<void()> &then);
    void askAboutKeys(DocumentSession &document, const QString &path,
                      const std::function<void()> &then);

    OpenDocuments &m_documents;
    QWidget &m_window;
};

} // namespace headgate::workbench
