#pragma once

#include <QObject>

#include <functional>

class QWidget;

namespace headgate::workbench {

class DocumentSession;

// Stands before whatever would throw edits away: asks to save, and asks for a file where the
// policy has none. Dialogs do not block.
class UnsavedGuard final : public QObject
{
    Q_OBJECT
public:
    // Both outlive the guard.
    UnsavedGuard(DocumentSession &session, QWidget &window);

    // Calls `then` at once where nothing is unsaved; else after the user saved or discarded; never
    // where the user cancelled or saving failed.
    void whenSafe(std::function<void()> then);
    // Saves under the present name, or asks for one. `then` is called after success and may be
    // empty.
    void save(std::function<void()> then = {});
    void saveAs(std::function<void()> then = {});

Q_SIGNALS:
    void failed(const QString &sentence);

private:
    void write(const QString &path, const std::function<void()> &then);

    DocumentSession &m_session;
    QWidget &m_window;
};

} // namespace headgate::workbench
