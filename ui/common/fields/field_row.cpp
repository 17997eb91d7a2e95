#include "ui/common/fields/field_row.h"

#include "ui/common/icons.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"

#include <QAccessible>
#include <QGridLayout>
#include <QLabel>
#include <QStyle>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kResetSize = 22;

QString defaultText(const Json &value)
{
    if (value.is_string())
        return toQString(value.get_ref<const std::string &>());
    return value.is_primitive() ? toQString(value.dump()) : QString();
}

} // namespace

FieldRemark remarkOf(const policy::Problem &problem)
{
    return {problem.sentence, problem.severity == policy::Problem::Severity::Warning};
}

FieldRow::FieldRow(const policy::Field &field, const FieldContext &context, bool alwaysResettable)
    : m_field(field)
    , m_alwaysResettable(alwaysResettable)
    , m_editor(makeFieldEditor(field, context))
    , m_reset(new QToolButton)
    , m_theme(context.theme)
    , m_remarkLabel(new QLabel)
{
    setObjectName(u"field_"_s + field.key);
    m_label = new QLabel(field.label);
    setRole(m_label, Role::Secondary);
    m_label->setWordWrap(true);
    m_label->setBuddy(m_editor->focusProxy() ? m_editor->focusProxy() : m_editor);
    for (QWidget *widget : {static_cast<QWidget *>(m_label), static_cast<QWidget *>(m_editor)})
        widget->setToolTip(field.help);

    const QString fallback = defaultText(field.defaultValue);
    const QString what = alwaysResettable     ? tr("Remove “%1”").arg(field.label)
                         : fallback.isEmpty() ? tr("Back to the default")
                                              : tr("Back to the default: %1").arg(fallback);
    setRole(m_reset, Role::Icon);
    m_reset->setObjectName(u"reset_"_s + field.key);
    m_reset->setIcon(themedIcon(alwaysResettable ? u"close"_s : u"undo"_s, context.theme));
    m_reset->setIconSize({12, 12});
    m_reset->setFixedSize(kResetSize, kResetSize);
    m_reset->setToolTip(what);
    m_reset->setAccessibleName(what);
    m_reset->hide();

    m_remarkLabel->setObjectName(u"error_"_s + field.key);
    m_remarkLabel->setWordWrap(true);
    layOut();

    connect(m_editor, &FieldEditor::edited, this, &FieldRow::edited);
    connect(m_editor, &FieldEditor::previewed, this, &FieldRow::previewed);
    connect(m_editor, &FieldEditor::modelRequested, this, &FieldRow::modelRequested);
    connect(m_editor, &FieldEditor::refused, this, [this](const QString &sentence) {
        m_refusal = sentence;
        showRemark();
        Q_EMIT refusalChanged();
    });
    connect(m_reset, &QToolButton::clicked, this, [this] {
        // A field that must be there goes back to the default in words.
        Q_EMIT edited(m_field.required ? m_field.defaultValue : Json());
    });
    connect(&m_theme, &Theme::changed, this, &FieldRow::showRemark);
    showRemark();
}

void FieldRow::layOut()
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(kFieldLabelGap);
    grid->setVerticalSpacing(4);
    if (isWideField(m_field.type)) {
        grid->addWidget(m_label, 0, 0);
        grid->addWidget(m_editor, 1, 0, 1, 3);
    } else {
        m_label->setFixedWidth(kFieldLabelWidth);
        grid->addWidget(m_label, 0, 0);
        grid->addWidget(m_editor, 0, 1, 1, m_field.unit.isEmpty() ? 2 : 1);
        if (!m_field.unit.isEmpty()) {
            auto *unit = new QLabel(m_field.unit);
            setRole(unit, Role::Faint);
            grid->addWidget(unit, 0, 2);
        }
    }
    // The arrow takes its room from the label, so that editors line up.
    grid->addWidget(m_reset, 0, 0, Qt::AlignRight | Qt::AlignVCenter);
    m_remarkLine = new QWidget;
    m_remarkMark = new QLabel;
    auto *error = new QHBoxLayout(m_remarkLine);
    error->setContentsMargins(0, 0, 0, 0);
    error->setSpacing(4);
    error->addWidget(m_remarkMark, 0, Qt::AlignTop);
    error->addWidget(m_remarkLabel, 1);
    m_remarkLine->hide();
    grid->addWidget(m_remarkLine, 2, 0, 1, 3);
    grid->setColumnStretch(1, 1);
}

void FieldRow::setMixed()
{
    m_editor->setMixed();
    showReset(m_alwaysResettable || !m_field.defaultValue.is_null() || !m_field.required);
}

void FieldRow::drop()
{
    m_editor->drop();
}

void FieldRow::showReset(bool shown)
{
    m_reset->setVisible(shown);
    m_label->setContentsMargins(0, 0, shown ? kResetSize : 0, 0);
}

void FieldRow::setValue(const Json &value)
{
    m_editor->setValue(value);
    const bool changed = !value.is_null() && value != m_field.defaultValue;
    const bool hasDefault = !m_field.defaultValue.is_null() || !m_field.required;
    showReset(m_alwaysResettable || (changed && hasDefault));
}

void FieldRow::setRemark(const FieldRemark &remark)
{
    m_remark = remark;
    showRemark();
}

void FieldRow::focusEditor()
{
    m_editor->setFocus(Qt::OtherFocusReason);
}

void FieldRow::showRemark()
{
    const FieldRemark shown = m_refusal.isEmpty() ? m_remark : FieldRemark{m_refusal};
    const bool news = !shown.sentence.isEmpty() && shown.sentence != m_remarkLabel->text();
    m_remarkLabel->setText(shown.sentence);
    setRole(m_remarkLabel, shown.isWarning ? Role::WarningText : Role::ErrorText);
    m_remarkMark->setPixmap(iconPixmap(shown.isWarning ? u"warning"_s : u"error"_s,
                                       m_theme.color(shown.isWarning ? Token::Warning : Token::Bad),
                                       QSize(14, 14), devicePixelRatioF()));
    m_remarkLine->setVisible(!shown.sentence.isEmpty());
    if (news) {
        QAccessibleEvent told(m_remarkLabel, QAccessible::Alert);
        QAccessible::updateAccessibility(&told);
    }
    QWidget *input = m_editor->focusProxy();
    const bool invalid = !shown.sentence.isEmpty() && !shown.isWarning;
    if (!input || input->property("invalid").toBool() == invalid)
        return;
    input->setProperty("invalid", invalid);
    input->style()->unpolish(input);
    input->style()->polish(input);
}

} // namespace headgate::ui
