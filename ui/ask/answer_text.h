#pragma once

#include <QPlainTextEdit>

namespace headgate::ui {

// Read-only plain text that is as tall as its lines and grows by appending, so that a long answer
// streams without laying out what is already there: a very long paragraph is shown as several, but
// selected and copied as one. What models write is never taken for markup.
class AnswerText final : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit AnswerText(QWidget *parent = nullptr);

    void append(const QString &text);
    void replace(const QString &text);

    const QString &text() const { return m_text; } // all of it, as it came

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    QMimeData *createMimeDataFromSelection() const override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override; // the page scrolls, not the answer

private:
    int textHeight() const;

    QString m_text;
};

} // namespace headgate::ui
