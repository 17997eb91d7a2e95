#pragma once

#include "ui/home/template_tile.h"

#include <QWidget>

class QPushButton;

namespace headgate::ui {

class Card;
class LearningList;
class MessageBar;
class RecentList;
class Settings;
class Theme;

// Where one starts: the worked example, templates, recent files, who answers, first steps.
class HomePage final : public QWidget
{
    Q_OBJECT
public:
    // Both outlive the page.
    HomePage(Theme &theme, Settings &settings, QWidget *parent = nullptr);

    // Reads recent files and ticked steps again.
    void refresh();
    // Draws the pictures of examples and templates; without one they have icons.
    void setPictureSource(const PictureSource &source);

    // Who can answer queries, as one line each.
    struct ProviderLine
    {
        QString name;
        QString state; // in words
        bool ready = true;
    };
    void setProviders(const QList<ProviderLine> &providers);

Q_SIGNALS:
    void openPathRequested(const QString &path); // of a file or an example
    void newRequested();
    void openRequested();
    void providersRequested();

private:
    QWidget *makeStart();
    Card *makeTemplates();
    Card *makeProviders();
    Card *makeRecent();
    Card *makeLearning();
    void showHint();

    Theme &m_theme;
    Settings &m_settings;
    MessageBar *m_hint = nullptr;
    Card *m_recentCard = nullptr;
    RecentList *m_recent = nullptr;
    QPushButton *m_clearRecent = nullptr;
    TemplateTile *m_example = nullptr;
    QList<TemplateTile *> m_tiles; // the worked example's is one of them
    QWidget *m_providers = nullptr;
    LearningList *m_learning = nullptr;
};

} // namespace headgate::ui
