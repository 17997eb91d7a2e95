#include "ui/settings/certificate_field.h"

#include "ui/common/style_sheet.h"

#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

CertificateField::CertificateField(QWidget *parent)
    : QWidget(parent)
    , m_path(new QLineEdit)
{
    m_path->setObjectName(u"providerCertificateFile"_s);
    m_path->setAccessibleName(tr("Certificate file"));
    m_path->setPlaceholderText(tr("Optional: a PEM file"));
    m_path->setClearButtonEnabled(true);
    setFocusProxy(m_path);
    auto *choose = new QPushButton(tr("Choose…"));
    choose->setObjectName(u"chooseCertificateFile"_s);
    choose->setAccessibleName(tr("Choose the certificate file"));
    choose->setAutoDefault(false);
    auto *hint = new QLabel(tr("For a server whose certificate the system does not trust, such as "
                               "one of your company. The authorities in the file are trusted for "
                               "this provider only; certificates are always checked."));
    hint->setWordWrap(true);
    setRole(hint, Role::Secondary);
    auto *row = new QHBoxLayout;
    row->addWidget(m_path, 1);
    row->addWidget(choose);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(row);
    layout->addWidget(hint);
    connect(m_path, &QLineEdit::editingFinished, this, &CertificateField::edited);
    // The button that empties the field ends no editing.
    connect(m_path, &QLineEdit::textEdited, this, [this](const QString &text) {
        if (text.isEmpty())
            Q_EMIT edited();
    });
    connect(choose, &QPushButton::clicked, this, &CertificateField::choose);
}

void CertificateField::setPath(const QString &path)
{
    m_path->setText(path);
}

QString CertificateField::path() const
{
    return m_path->text().trimmed();
}

void CertificateField::choose()
{
    auto *dialog = new QFileDialog(this, tr("Choose the certificate file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters(
        {tr("Certificates (*.pem *.crt *.cer *.ca-bundle)"), tr("All files (*)")});
    if (!path().isEmpty())
        dialog->selectFile(path());
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_path->setText(path);
        Q_EMIT edited();
    });
    dialog->open();
}

} // namespace headgate::ui
