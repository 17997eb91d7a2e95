#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace headgate::ui {

class Theme;

// What a view shows while it has nothing: an icon, one sentence on the purpose, one main action
// and at most two others, centred.
class EmptyState final : public QWidget
{
    Q_OBJECT
public:
    EmptyState(const QString &icon, const Theme &theme, QWidget *parent = nullptr);

    void setSentence(const QString &sentence);
    QString sentence() const;
    // The first one added is the main action. Asserts that there are no more than three.
    QPushButton *addAction(const QString &text);
    void clearActions();

private:
    void paintIcon();

    QString m_icon;
    const Theme &m_theme; // outlives the widget
    QLabel *m_picture = nullptr;
    QLabel *m_sentence = nullptr;
    QHBoxLayout *m_actions = nullptr;
    QList<QPushButton *> m_buttons;
};

} // namespace headgate::ui
