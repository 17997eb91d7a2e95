#pragma once

#include <QFrame>
#include <QList>

#include <functional>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace headgate::ui {

class Theme;

// A line on top of a view that says what happened and offers an action, seldom a choice of them.
// Not modal; hidden while it has nothing to say. The same sentence again raises its count.
class MessageBar final : public QFrame
{
    Q_OBJECT
public:
    enum class Level { Information, Warning, Error };

    explicit MessageBar(const Theme &theme, QWidget *parent = nullptr); // outlives the bar

    struct Action
    {
        QString text;
        std::function<void()> act;
        bool stays = false; // the bar is not dismissed by it
    };
    void showMessage(Level level, const QString &sentence, const QString &actionText = {},
                     std::function<void()> action = {});
    // With several actions, of which the first is the one to expect.
    void showChoice(Level level, const QString &sentence, const QList<Action> &actions);
    void dismiss();
    QString sentence() const { return m_sentence; }
    int count() const { return m_count; }

Q_SIGNALS:
    void dismissed();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void updateLook();
    void say(Level level, const QString &sentence);
    void setActions(const QList<Action> &actions);

    const Theme &m_theme;
    Level m_level = Level::Information;
    QString m_sentence;
    int m_count = 0;
    QLabel *m_icon = nullptr;
    QLabel *m_text = nullptr;
    QHBoxLayout *m_layout = nullptr;
    QList<QPushButton *> m_actions; // messageAction, messageAction2, …
    QToolButton *m_close = nullptr;
};

} // namespace headgate::ui
