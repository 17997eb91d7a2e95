#pragma once

#include <QWidget>

namespace headgate::ui {

class Card;
class LearningList;
class LinkList;
class MessageBar;
class Settings;
class Theme;

// Where one starts: the worked example, further examples, recent files, first steps.
class HomePage final : public QWidget
{
    Q_OBJECT
public:
    // Both outlive the page.
    HomePage(Theme &theme, Settings &settings, QWidget *parent = nullptr);

    // Reads recent files and ticked steps again.
    void refresh();

Q_SIGNALS:
    void openPathRequested(const QString &path); // of a file or an example
    void newRequested();
    void openRequested();

private:
    QWidget *makeStart();
    Card *makeExamples();
    Card *makeRecent();
    Card *makeLearning();
    void showHint();

    Theme &m_theme;
    Settings &m_settings;
    MessageBar *m_hint = nullptr;
    Card *m_recentCard = nullptr;
    LinkList *m_recent = nullptr;
    LearningList *m_learning = nullptr;
};

} // namespace headgate::ui
