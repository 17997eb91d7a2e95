#include "ui/common/fields/artifact_field.h"

#include "ui/common/artifact_library.h"
#include "ui/common/fields/undo_hand_over.h"
#include "ui/common/style_sheet.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace headgate::ui {

ArtifactField::ArtifactField(const policy::Field &field, const FieldContext &context)
    : m_library(context.artifacts)
    , m_name(new QLineEdit)
    , m_choose(new QPushButton(tr("Choose…")))
    , m_note(new QLabel)
    , m_placeholder(tr("none yet"))
{
    m_name->setObjectName(u"edit_"_s + field.key);
    m_name->setAccessibleName(field.label);
    m_name->setAccessibleDescription(field.help);
    m_name->setPlaceholderText(m_placeholder);
    m_name->setMinimumWidth(56);
    m_choose->setObjectName(u"choose_"_s + field.key);
    m_choose->setAccessibleName(tr("Choose a trained file"));
    m_choose->setToolTip(tr("Take a trained file from anywhere; it is kept with the policy."));
    m_note->setObjectName(u"note_"_s + field.key);
    m_note->setWordWrap(true);
    setRole(m_note, Role::Secondary);
    m_note->hide();
    auto *line = new QHBoxLayout;
    line->setSpacing(4);
    line->addWidget(m_name, 1);
    line->addWidget(m_choose);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(line);
    layout->addWidget(m_note);
    setFocusProxy(m_name);
    new UndoHandOver(m_name, [this] { return m_name->text() != m_shown; });
    connect(m_choose, &QPushButton::clicked, this, &ArtifactField::choose);
    // A name that is half typed would be looked for in vain.
    connect(m_name, &QLineEdit::editingFinished, this, &ArtifactField::commit);
    if (m_library) {
        connect(m_library, &ArtifactLibrary::looked, this, [this](const QString &file) {
            if (file == m_shown)
                showNote();
        });
    }
}

void ArtifactField::setValue(const Json &value)
{
    m_name->setPlaceholderText(m_placeholder);
    const QString shown = value.is_string() ? toQString(value.get_ref<const std::string &>())
                                            : QString();
    if (shown == m_shown && m_name->text() == m_shown)
        return;
    m_shown = shown;
    m_name->setText(m_shown);
    m_name->setCursorPosition(0);
    m_name->setToolTip(m_shown);
    showNote();
}

void ArtifactField::setMixed()
{
    setValue({});
    m_name->setPlaceholderText(mixedText());
}

void ArtifactField::drop()
{
    m_name->setText(m_shown);
}

void ArtifactField::commit()
{
    const QString name = m_name->text().trimmed();
    if (name == m_shown)
        return;
    m_shown = name;
    showNote();
    Q_EMIT edited(name.isEmpty() ? Json() : Json(toStdString(name)));
}

void ArtifactField::choose()
{
    auto *dialog = new QFileDialog(this, tr("Choose a trained file"));
    dialog->setObjectName(u"chooseArtifact"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Trained files (*.hga)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &ArtifactField::take);
    dialog->open();
}

void ArtifactField::take(const QString &path)
{
    if (!m_library || path.isEmpty())
        return;
    m_choose->setEnabled(false);
    m_library->take(path, this, [this](const Result<QString> &file) {
        m_choose->setEnabled(true);
        Q_EMIT refused(file ? QString() : file.error().message);
        if (!file)
            return;
        m_name->setText(*file);
        m_name->setCursorPosition(0);
        commit();
    });
}

// Why a file cannot be used is said by the policy's problems, at this field.
void ArtifactField::showNote()
{
    const auto note =
        m_library && !m_shown.isEmpty() ? m_library->note(m_shown) : std::nullopt;
    m_note->setText(note && note->isUsable ? note->text : QString());
    m_note->setVisible(note && note->isUsable);
    fitNote();
}

// Forms take a field's hint for its height, and a label that wraps hints at another width.
void ArtifactField::fitNote()
{
    m_note->setFixedHeight(m_note->heightForWidth(width()));
}

void ArtifactField::resizeEvent(QResizeEvent *event)
{
    FieldEditor::resizeEvent(event);
    fitNote();
}

} // namespace headgate::ui
