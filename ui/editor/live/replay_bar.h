#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QSlider;
class QToolButton;

namespace headgate::ui {

class RunDisplay;
class Theme;

// Steps through a replayed run in both directions and says why each step went as it did. Hidden
// while nothing is replayed. Theme and display outlive it.
class ReplayBar final : public QWidget
{
    Q_OBJECT
public:
    ReplayBar(const Theme &theme, RunDisplay &display, QWidget *parent = nullptr);

Q_SIGNALS:
    void pinRequested(); // the path of the replayed run

private:
    QToolButton *makeStep(const QString &icon, const QString &name, const QString &key);
    void refresh();
    void showSentence();

    const Theme &m_theme;
    RunDisplay &m_display;
    QLabel *m_title = nullptr;
    QToolButton *m_first = nullptr;
    QToolButton *m_back = nullptr;
    QSlider *m_slider = nullptr;
    QToolButton *m_forward = nullptr;
    QToolButton *m_last = nullptr;
    QLabel *m_count = nullptr;
    QPushButton *m_pin = nullptr;
    QLabel *m_sentence = nullptr;
};

} // namespace headgate::ui
