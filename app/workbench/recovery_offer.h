#pragma once

#include <QObject>
#include <QPointer>

class QWidget;

namespace headgate::ui {
class MessageBar;
}

namespace headgate::workbench {

class DocumentSession;
class OpenDocuments;
class RecoveryKeeper;

// Offers, one after the other, the edits that were not saved when a window was killed: restore,
// compare, discard. Dismissing the bar leaves them for the next start.
class RecoveryOffer final : public QObject
{
    Q_OBJECT
public:
    // All outlive the offer; dialogs belong to the window.
    RecoveryOffer(ui::MessageBar &bar, RecoveryKeeper &keeper, OpenDocuments &documents,
                  QWidget &window);

    void start(); // looks for such edits; shows the bar where there are any

Q_SIGNALS:
    void restored(headgate::workbench::DocumentSession *document);

private:
    void showNext();
    void restore();
    void restoreAll();
    void compare();
    void askToDiscard();

    ui::MessageBar &m_bar;
    RecoveryKeeper &m_keeper;
    OpenDocuments &m_documents;
    QWidget &m_window;
    QPointer<QWidget> m_comparison;
};

} // namespace headgate::workbench
