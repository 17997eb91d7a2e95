#pragma once

#include <QFrame>

#include <functional>

class QLabel;
class QPushButton;
class QToolButton;

namespace headgate::ui {

class Theme;

// A line on top of a view that says what happened and offers one action. Not modal; hidden while
// it has nothing to say. The same sentence again raises its count.
class MessageBar final : public QFrame
{
    Q_OBJECT
public:
    enum class Level { Information, Warning, Error };

    explicit MessageBar(const Theme &theme, QWidget *parent = nullptr); // outlives the bar

    void showMessage(Level level, const QString &sentence, const QString &actionText = {},
                     std::function<void()> action = {});
    void dismiss();
    QString sentence() const { return m_sentence; }
    int count() const { return m_count; }

Q_SIGNALS:
    void dismissed();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void updateLook();

    const Theme &m_theme;
    Level m_level = Level::Information;
    QString m_sentence;
    int m_count = 0;
    std::function<void()> m_do;
    QLabel *m_icon = nullptr;
    QLabel *m_text = nullptr;
    QPushButton *m_action = nullptr;
    QToolButton *m_close = nullptr;
};

} // namespace headgate::ui
