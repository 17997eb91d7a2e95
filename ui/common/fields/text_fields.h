#pragma once

#include "ui/common/fields/field_editor.h"

class QLineEdit;
class QPlainTextEdit;
class QSlider;
class QTimer;

namespace headgate::ui {

// One line of text, written as it is typed. Names of ports are written when typing pauses, so
// that wires need not follow each letter.
class TextField final : public FieldEditor
{
    Q_OBJECT
public:
    enum class Write { AtOnce, WhenSettled };
    TextField(const policy::Field &field, Write write);
    void setValue(const Json &value) override;
    void setMixed() override;
    void drop() override;

private:
    void commit();

    QLineEdit *m_edit = nullptr;
    QTimer *m_settle = nullptr;
    QString m_shown;
    QString m_placeholder;
};

// A number with range; what is no number or out of range is refused and not written. A range of
// [0, 1] has a slider, too: a drag is written once, at its end.
class NumberField final : public FieldEditor
{
    Q_OBJECT
public:
    explicit NumberField(const policy::Field &field);
    void setValue(const Json &value) override;
    void setMixed() override;
    void drop() override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void addSlider();
    void slide(int position);
    void showNumber(std::optional<double> number);
    void refuse(const QString &sentence);
    void read(const QString &text);
    void step(int direction);
    QString rangeSentence() const;
    QString textOf(double number) const;

    policy::Field m_field;
    QLineEdit *m_edit = nullptr;
    QSlider *m_slider = nullptr; // null where the range is another
    QString m_placeholder;
    std::optional<double> m_number;
    bool m_refused = false; // what stands there was not written
};

// Several lines: free text, a list of names (one a line), or JSON.
class LongTextField final : public FieldEditor
{
    Q_OBJECT
public:
    enum class Content { Text, Lines, Object };
    LongTextField(const policy::Field &field, Content content);
    void setValue(const Json &value) override;
    void setMixed() override;
    void drop() override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void commit();
    Result<Json> read(const QString &text) const;
    QString textOf(const Json &value) const;

    Content m_content;
    QPlainTextEdit *m_edit = nullptr;
    QTimer *m_settle = nullptr;
    QString m_placeholder;
    Json m_value;
    bool m_pending = false; // what stands there is not written yet, or was refused
};

} // namespace headgate::ui
