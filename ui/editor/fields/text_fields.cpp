#include "ui/editor/fields/text_fields.h"

#include "ui/common/icons.h"
#include "ui/common/style_sheet.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QTimer>
#include <QToolButton>

#include <cmath>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kSettleMs = 600;

QString shownText(const Json &value)
{
    if (value.is_null())
        return {};
    return value.is_string() ? toQString(value.get_ref<const std::string &>())
                             : toQString(value.dump());
}

QLineEdit *addLine(FieldEditor *owner, const policy::Field &field)
{
    auto *edit = new QLineEdit;
    edit->setObjectName(u"edit_"_s + field.key);
    edit->setAccessibleName(field.label);
    edit->setAccessibleDescription(field.help);
    edit->setPlaceholderText(shownText(field.defaultValue));
    edit->setMinimumWidth(56);
    auto *layout = new QHBoxLayout(owner);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(edit, 1);
    owner->setFocusProxy(edit);
    return edit;
}

QTimer *settleTimer(QObject *owner)
{
    auto *timer = new QTimer(owner);
    timer->setSingleShot(true);
    timer->setInterval(kSettleMs);
    return timer;
}

} // namespace

TextField::TextField(const policy::Field &field, Write write)
    : m_edit(addLine(this, field))
    , m_settle(settleTimer(this))
{
    connect(m_settle, &QTimer::timeout, this, &TextField::commit);
    connect(m_edit, &QLineEdit::editingFinished, this, &TextField::commit);
    connect(m_edit, &QLineEdit::textEdited, this, [this, write] {
        if (write == Write::AtOnce)
            commit();
        else
            m_settle->start();
    });
}

void TextField::setValue(const Json &value)
{
    m_shown = shownText(value);
    m_settle->stop();
    if (m_edit->text() != m_shown)
        m_edit->setText(m_shown);
}

void TextField::commit()
{
    m_settle->stop();
    if (m_edit->text() == m_shown)
        return;
    m_shown = m_edit->text();
    Q_EMIT edited(m_shown.isEmpty() ? Json() : Json(toStdString(m_shown)));
}

NumberField::NumberField(const policy::Field &field)
    : m_field(field)
    , m_edit(addLine(this, field))
{
    if (field.defaultValue.is_number())
        m_edit->setPlaceholderText(textOf(field.defaultValue.get<double>()));
    m_edit->setInputMethodHints(Qt::ImhFormattedNumbersOnly);
    m_edit->installEventFilter(this);
    connect(m_edit, &QLineEdit::textEdited, this, &NumberField::read);
}

QString NumberField::textOf(double number) const
{
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    return locale.toString(number, 'g', 12);
}

void NumberField::setValue(const Json &value)
{
    const auto number = value.is_number() ? std::optional(value.get<double>()) : std::nullopt;
    if (number == m_number && number)
        return; // what stands there may be spelt otherwise: "0.50"
    m_number = number;
    m_edit->setText(number ? textOf(*number) : shownText(value));
    m_edit->setProperty("invalid", false);
    Q_EMIT refused({});
}

void NumberField::read(const QString &text)
{
    if (text.trimmed().isEmpty()) {
        m_number.reset();
        Q_EMIT refused({});
        Q_EMIT edited(Json());
        return;
    }
    bool ok = false;
    double number = QLocale().toDouble(text.trimmed(), &ok);
    if (!ok)
        number = text.trimmed().toDouble(&ok);
    const bool whole = m_field.type != policy::FieldType::Integer || std::floor(number) == number;
    if (!ok || !whole) {
        Q_EMIT refused(whole ? tr("This is not a number.") : tr("This must be a whole number."));
        return;
    }
    if (number < m_field.minimum || number > m_field.maximum) {
        Q_EMIT refused(rangeSentence());
        return;
    }
    m_number = number;
    Q_EMIT refused({});
    Q_EMIT edited(m_field.type == policy::FieldType::Integer ? Json(qint64(number)) : Json(number));
}

QString NumberField::rangeSentence() const
{
    const bool below = std::isfinite(m_field.maximum);
    const bool above = std::isfinite(m_field.minimum);
    if (above && below)
        return tr("Give a number from %1 to %2.")
            .arg(textOf(m_field.minimum), textOf(m_field.maximum));
    return above ? tr("Give a number from %1 up.").arg(textOf(m_field.minimum))
                 : tr("Give a number of at most %1.").arg(textOf(m_field.maximum));
}

bool NumberField::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down) {
            step(key == Qt::Key_Up ? 1 : -1);
            return true;
        }
    }
    return FieldEditor::eventFilter(watched, event);
}

// By 1, and by 0.05 in a range as small as [0, 1].
void NumberField::step(int direction)
{
    const bool fine =
        m_field.type == policy::FieldType::Number && m_field.maximum - m_field.minimum <= 1;
    const double size = fine ? 0.05 : 1;
    const double start = m_number.value_or(
        m_field.defaultValue.is_number() ? m_field.defaultValue.get<double>() : 0);
    const double wanted = std::round((start + direction * size) / size) * size;
    const QString text = textOf(qBound(m_field.minimum, wanted, m_field.maximum));
    m_edit->setText(text);
    read(text);
}

LongTextField::LongTextField(const policy::Field &field, Content content)
    : m_content(content)
    , m_edit(new QPlainTextEdit)
    , m_settle(settleTimer(this))
{
    m_edit->setObjectName(u"edit_"_s + field.key);
    m_edit->setAccessibleName(field.label);
    m_edit->setAccessibleDescription(field.help);
    m_edit->setPlaceholderText(field.defaultValue.is_null() && content == Content::Lines
                                   ? tr("One a line")
                                   : textOf(field.defaultValue));
    m_edit->setTabChangesFocus(true);
    m_edit->setFixedHeight(content == Content::Text ? 76 : 64);
    m_edit->installEventFilter(this);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_edit);
    setFocusProxy(m_edit);
    connect(m_settle, &QTimer::timeout, this, &LongTextField::commit);
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        if (m_content == Content::Text)
            commit();
        else
            m_settle->start();
    });
}

void LongTextField::setValue(const Json &value)
{
    if (value == m_value && !m_edit->toPlainText().isEmpty())
        return;
    m_value = value;
    const QSignalBlocker quiet(m_edit);
    if (m_edit->toPlainText() != textOf(value))
        m_edit->setPlainText(textOf(value));
    m_settle->stop();
}

bool LongTextField::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit && event->type() == QEvent::FocusOut && m_settle->isActive())
        commit();
    return FieldEditor::eventFilter(watched, event);
}

void LongTextField::commit()
{
    m_settle->stop();
    const Result<Json> value = read(m_edit->toPlainText());
    Q_EMIT refused(value ? QString() : value.error().message);
    if (!value || *value == m_value)
        return;
    m_value = *value;
    Q_EMIT edited(m_value);
}

Result<Json> LongTextField::read(const QString &text) const
{
    if (text.trimmed().isEmpty())
        return Json();
    switch (m_content) {
    case Content::Text:
        return Json(toStdString(text));
    case Content::Object: {
        Result<Json> value = parseJson(text.toUtf8());
        if (value && !value->is_object())
            return fail(ErrorCode::InvalidInput, tr("Give a JSON object: { … }."));
        return value;
    }
    case Content::Lines:
        break;
    }
    Json lines = Json::array();
    for (const QString &line : text.split(u'\n', Qt::SkipEmptyParts)) {
        if (!line.trimmed().isEmpty())
            lines.push_back(toStdString(line.trimmed()));
    }
    return lines;
}

QString LongTextField::textOf(const Json &value) const
{
    if (value.is_null())
        return {};
    if (m_content == Content::Object)
        return QString::fromUtf8(formatJson(value)).trimmed();
    if (!value.is_array())
        return shownText(value);
    QStringList lines;
    for (const Json &line : value)
        lines.append(shownText(line));
    return lines.join(u'\n');
}

ArtifactField::ArtifactField(const policy::Field &field, const Theme &theme)
    : m_edit(addLine(this, field))
{
    auto *browse = new QToolButton;
    setRole(browse, Role::Icon);
    browse->setIcon(themedIcon(u"open"_s, theme));
    browse->setToolTip(tr("Choose a file"));
    browse->setAccessibleName(tr("Choose a file"));
    layout()->addWidget(browse);
    connect(browse, &QToolButton::clicked, this, &ArtifactField::choose);
    connect(m_edit, &QLineEdit::textEdited, this, [this](const QString &text) {
        Q_EMIT edited(text.isEmpty() ? Json() : Json(toStdString(text)));
    });
}

void ArtifactField::setValue(const Json &value)
{
    if (m_edit->text() != shownText(value))
        m_edit->setText(shownText(value));
}

void ArtifactField::choose()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Choose a trained file"));
    if (path.isEmpty())
        return;
    m_edit->setText(path);
    Q_EMIT edited(Json(toStdString(path)));
}

} // namespace headgate::ui
