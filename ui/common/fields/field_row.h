#pragma once

#include "core/policy/policy_validation.h"
#include "ui/common/fields/field_editor.h"

class QLabel;
class QToolButton;

namespace headgate::ui {

// Of labels beside their fields, so that fields line up; kFieldLabelGap stands behind them.
inline constexpr int kFieldLabelWidth = 100;
inline constexpr int kFieldLabelGap = 4;

// What validation says of a field. A warning does not keep the policy from running.
struct FieldRemark
{
    QString sentence;
    bool isWarning = false;

    bool operator==(const FieldRemark &) const = default;
};

FieldRemark remarkOf(const policy::Problem &problem);

// One field with all that belongs to it.
class FieldRow final : public QWidget
{
    Q_OBJECT
public:
    FieldRow(const policy::Field &field, const FieldContext &context, bool alwaysResettable);

    const policy::Field &field() const { return m_field; }
    void setValue(const Json &value); // null: not set
    void setMixed();                  // values that differ
    void drop();                      // what is typed and was not written
    void setRemark(const FieldRemark &remark);
    void focusEditor();
    bool isRefusing() const { return !m_refusal.isEmpty(); } // what is typed cannot be written

Q_SIGNALS:
    void refusalChanged();
    void edited(const headgate::Json &value);
    void previewed(const headgate::Json &value);
    void modelRequested(); // one that the policy does not have yet

private:
    void layOut();
    void showReset(bool shown);
    void showRemark();

    policy::Field m_field;
    bool m_alwaysResettable = false;
    QLabel *m_label = nullptr;
    FieldEditor *m_editor = nullptr;
    QToolButton *m_reset = nullptr;
    const Theme &m_theme;
    QWidget *m_remarkLine = nullptr;
    QLabel *m_remarkMark = nullptr;
    QLabel *m_remarkLabel = nullptr;
    FieldRemark m_remark; // of validation
    QString m_refusal;    // of what is being typed
};

} // namespace headgate::ui
