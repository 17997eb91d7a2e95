#pragma once

#include <QTabBar>

namespace headgate::ui {
class Theme;
}

namespace headgate::workbench {

class DocumentSession;
class OpenDocuments;

// One tab for each open policy. Asks to close, closes nothing itself. Hidden while there is one.
class DocumentTabs final : public QTabBar
{
    Q_OBJECT
public:
    // Both outlive the bar.
    DocumentTabs(OpenDocuments &documents, const ui::Theme &theme, QWidget *parent = nullptr);

    void showNext(int step); // 1 or -1, around the ends
    // Whether the mode that is shown is one of the documents'.
    void setWanted(bool wanted);

Q_SIGNALS:
    void closeRequested(headgate::workbench::DocumentSession *document);

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    QSize minimumTabSizeHint(int index) const override;

private:
    void addTabOf(DocumentSession *document);
    void showState(DocumentSession *document);
    void updateVisible();
    int tabOf(const DocumentSession *document) const;
    DocumentSession *documentOf(int tab) const;

    OpenDocuments &m_documents;
    const ui::Theme &m_theme;
    int m_pressed = -1; // the tab that the middle button went down on
    bool m_wanted = true;
};

} // namespace headgate::workbench
