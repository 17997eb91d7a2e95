#pragma once

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace headgate::ui {

class Theme;

// A surface with a hairline: a title, a note beside it, room for controls at the right, a body.
class Card : public QFrame
{
    Q_OBJECT
public:
    explicit Card(const QString &title = {}, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    void setNote(const QString &note);
    QHBoxLayout *header() { return m_header; } // title, note, stretch, yours
    QVBoxLayout *body() { return m_body; }

private:
    QLabel *m_title = nullptr;
    QLabel *m_note = nullptr;
    QHBoxLayout *m_header = nullptr;
    QVBoxLayout *m_body = nullptr;
};

// One figure: its label above, how it was come by below.
class FigureCard final : public QFrame
{
    Q_OBJECT
public:
    enum class Tone { Plain, Good, Bad };

    explicit FigureCard(const Theme &theme, QWidget *parent = nullptr); // outlives the card

    // `figure` and `method` in the user's words; a screen reader gets all three in one sentence.
    void setFigure(const QString &label, const QString &figure, const QString &method,
                   Tone tone = Tone::Plain);
    QString figure() const;
    QString method() const;
    // Makes a click, Enter and Space emit activated(); `help` says what that does.
    void setActivatable(const QString &help);

Q_SIGNALS:
    void activated();

protected:
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void paintTone();

    const Theme &m_theme;
    QLabel *m_label = nullptr;
    QLabel *m_figure = nullptr;
    QLabel *m_method = nullptr;
    Tone m_tone = Tone::Plain;
    bool m_isActivatable = false;
};

} // namespace headgate::ui
