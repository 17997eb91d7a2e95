#include "ui/common/fields/text_fields.h"

#include "ui/common/fields/undo_hand_over.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QSlider>
#include <QTimer>

#include <cmath>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kSettleMs = 600;
constexpr int kSliderSteps = 100;

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
    , m_placeholder(m_edit->placeholderText())
{
    new UndoHandOver(m_edit, [this] { return m_edit->text() != m_shown; });
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
    m_edit->setPlaceholderText(m_placeholder);
    if (m_edit->text() != m_shown)
        m_edit->setText(m_shown);
}

void TextField::setMixed()
{
    setValue({});
    m_edit->setPlaceholderText(mixedText());
}

void TextField::drop()
{
    m_settle->stop();
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
    m_placeholder = m_edit->placeholderText();
    m_edit->setInputMethodHints(Qt::ImhFormattedNumbersOnly);
    m_edit->installEventFilter(this);
    new UndoHandOver(m_edit, [this] { return m_refused; });
    connect(m_edit, &QLineEdit::textEdited, this, &NumberField::read);
    if (field.type == policy::FieldType::Number && field.minimum == 0 && field.maximum == 1)
        addSlider();
}

void NumberField::addSlider()
{
    m_slider = new QSlider(Qt::Horizontal);
    m_slider->setObjectName(u"slide_"_s + m_field.key);
    m_slider->setAccessibleName(m_field.label);
    m_slider->setAccessibleDescription(m_field.help);
    m_slider->setToolTip(m_field.help);
    m_slider->setRange(0, kSliderSteps);
    m_slider->setPageStep(5);
    m_slider->setMinimumWidth(64);
    m_slider->installEventFilter(this);
    m_edit->setFixedWidth(64);
    static_cast<QHBoxLayout *>(layout())->insertWidget(0, m_slider, 1);
    connect(m_slider, &QSlider::valueChanged, this, &NumberField::slide);
    connect(m_slider, &QSlider::sliderReleased, this, [this] { slide(m_slider->value()); });
}

// By mouse only the end of a drag is written; by keys each step is.
void NumberField::slide(int position)
{
    const double number = double(position) / kSliderSteps;
    m_edit->setText(textOf(number));
    if (m_slider->isSliderDown())
        Q_EMIT previewed(Json(number));
    else
        read(m_edit->text());
}

QString NumberField::textOf(double number) const
{
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    return locale.toString(number, 'g', 12);
}

void NumberField::showNumber(std::optional<double> number)
{
    m_number = number;
    if (!m_slider || m_slider->isSliderDown())
        return;
    const double fallback =
        m_field.defaultValue.is_number() ? m_field.defaultValue.get<double>() : 0;
    const QSignalBlocker quiet(m_slider);
    m_slider->setValue(qRound(number.value_or(fallback) * kSliderSteps));
}

void NumberField::setValue(const Json &value)
{
    const auto number = value.is_number() ? std::optional(value.get<double>()) : std::nullopt;
    m_edit->setPlaceholderText(m_placeholder);
    if (number == m_number && number)
        return; // what stands there may be spelt otherwise: "0.50"
    showNumber(number);
    m_edit->setText(number ? textOf(*number) : shownText(value));
    refuse({});
}

void NumberField::setMixed()
{
    showNumber({});
    m_edit->clear();
    m_edit->setPlaceholderText(mixedText());
    refuse({});
}

void NumberField::drop()
{
    m_number.reset(); // so that the next value is written out
    refuse({});
}

void NumberField::refuse(const QString &sentence)
{
    m_refused = !sentence.isEmpty();
    Q_EMIT refused(sentence);
}

void NumberField::read(const QString &text)
{
    if (text.trimmed().isEmpty()) {
        showNumber({});
        refuse({});
        Q_EMIT edited(Json());
        return;
    }
    bool ok = false;
    double number = QLocale().toDouble(text.trimmed(), &ok);
    if (!ok)
        number = text.trimmed().toDouble(&ok);
    const bool whole = m_field.type != policy::FieldType::Integer || std::floor(number) == number;
    if (!ok || !whole) {
        refuse(ok ? tr("This must be a whole number.") : tr("This is not a number."));
        return;
    }
    if (number < m_field.minimum || number > m_field.maximum) {
        refuse(rangeSentence());
        return;
    }
    showNumber(number);
    refuse({});
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
    // The wheel scrolls the panel unless the user has gone to the slider.
    if (watched == m_slider && event->type() == QEvent::Wheel && !m_slider->hasFocus()) {
        event->ignore();
        return true;
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
    m_placeholder = m_edit->placeholderText();
    m_edit->setTabChangesFocus(true);
    m_edit->setFixedHeight(content == Content::Text ? 76 : 64);
    m_edit->installEventFilter(this);
    new UndoHandOver(m_edit, [this] { return m_pending; });
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_edit);
    setFocusProxy(m_edit);
    connect(m_settle, &QTimer::timeout, this, &LongTextField::commit);
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        m_pending = true;
        if (m_content == Content::Text)
            commit();
        else
            m_settle->start();
    });
}

void LongTextField::setValue(const Json &value)
{
    m_edit->setPlaceholderText(m_placeholder);
    if (value == m_value && !m_edit->toPlainText().isEmpty())
        return;
    m_value = value;
    drop();
}

void LongTextField::setMixed()
{
    m_value = {};
    drop();
    m_edit->setPlaceholderText(mixedText());
}

void LongTextField::drop()
{
    m_settle->stop();
    m_pending = false;
    const QSignalBlocker quiet(m_edit);
    if (m_edit->toPlainText() != textOf(m_value))
        m_edit->setPlainText(textOf(m_value));
    Q_EMIT refused({});
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
    m_pending = !value;
    if (!value || *value == m_value)
        return;
    m_value = *value;
    Q_EMIT edited(*value); // not the member, which what follows may set
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

} // namespace headgate::ui
