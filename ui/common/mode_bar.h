#pragma once

#include <QWidget>

class QButtonGroup;
class QVBoxLayout;

namespace headgate::ui {

class Theme;

// The modes of the window at its left: icon above text, one is current.
class ModeBar final : public QWidget
{
    Q_OBJECT
public:
    explicit ModeBar(const Theme &theme, QWidget *parent = nullptr); // outlives the bar

    // `shortcut` is named in the tooltip; the window owns the action behind it.
    void addMode(int mode, const QString &icon, const QString &text, const QString &shortcut);
    void setCurrent(int mode);
    int current() const; // -1: none
    QList<int> modes() const;

Q_SIGNALS:
    void modeChosen(int mode); // by the user

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QButtonGroup *m_group = nullptr;
    QVBoxLayout *m_layout = nullptr;
};

} // namespace headgate::ui
