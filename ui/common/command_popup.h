#pragma once

#include "ui/common/command.h"

#include <QFrame>

class QLabel;
class QLineEdit;
class QListView;

namespace headgate::ui {

class CommandModel;
class Settings;
class Theme;

// Goes to anything: a search over all sources, worked with arrows, Enter and Esc. Remembers what
// was chosen. Theme and settings outlive it.
class CommandPopup final : public QFrame
{
    Q_OBJECT
public:
    CommandPopup(const Theme &theme, Settings &settings, QWidget *parent);

    void addSource(const CommandSource &source) { m_sources.append(source); }

    enum class Offer { Everything, ActionsOnly };
    // At the top of the parent window.
    void open(Offer offer);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showMatches(const QString &search);
    void setCurrent(int row);
    bool handleKey(int key);
    void choose(int row);

    Settings &m_settings;
    QList<CommandSource> m_sources;
    CommandModel *m_model = nullptr;
    QLineEdit *m_search = nullptr;
    QListView *m_list = nullptr;
    QLabel *m_nothing = nullptr;
};

} // namespace headgate::ui
