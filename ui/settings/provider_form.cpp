#include "ui/settings/provider_form.h"

#include "core/providers/provider_factory.h"
#include "ui/common/style_sheet.h"
#include "ui/settings/certificate_field.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

QString protocolTitle(const QString &protocol)
{
    if (protocol == "openai"_L1)
        return ProviderForm::tr("OpenAI-compatible");
    if (protocol == "anthropic"_L1)
        return ProviderForm::tr("Anthropic Messages");
    if (protocol == "gemini"_L1)
        return ProviderForm::tr("Google Gemini");
    if (protocol == "ollama"_L1)
        return ProviderForm::tr("Ollama");
    if (protocol == "azure"_L1)
        return ProviderForm::tr("Azure OpenAI, by deployment");
    return protocol;
}

QLineEdit *lineEdit(const QString &name, const QString &label)
{
    auto *edit = new QLineEdit;
    edit->setObjectName(name);
    edit->setAccessibleName(label);
    return edit;
}

void addRow(QFormLayout *form, const QString &text, QWidget *field, QWidget *buddy = nullptr)
{
    auto *label = new QLabel(text);
    setRole(label, Role::Secondary);
    label->setBuddy(buddy ? buddy : field);
    form->addRow(label, field);
}

// What an optional header is, for people.
QString headerTitle(const QString &header)
{
    if (header == "OpenAI-Organization"_L1)
        return ProviderForm::tr("Organization");
    if (header == "OpenAI-Project"_L1)
        return ProviderForm::tr("Project");
    if (header == "HTTP-Referer"_L1)
        return ProviderForm::tr("Your site");
    return ProviderForm::tr("Your application");
}

KeyPlace keyPlaceOf(const providers::Endpoint &endpoint)
{
    if (endpoint.keyInKeyring)
        return KeyPlace::Keyring;
    return endpoint.keyVariable.isEmpty() ? KeyPlace::None : KeyPlace::Environment;
}

} // namespace

ProviderForm::ProviderForm(QWidget *parent)
    : QWidget(parent)
    , m_name(lineEdit(u"providerName"_s, tr("Name")))
    , m_protocol(new QComboBox)
    , m_baseUrl(lineEdit(u"providerUrl"_s, tr("Address")))
    , m_plainHttp(new QCheckBox(tr("Allow plain HTTP: the key travels unencrypted")))
    , m_keyPlace(new QComboBox)
    , m_problem(new QLabel)
{
    m_protocol->setObjectName(u"providerProtocol"_s);
    m_protocol->setAccessibleName(tr("Protocol"));
    for (const QString &protocol : providers::knownProtocols())
        m_protocol->addItem(protocolTitle(protocol), protocol);
    m_plainHttp->setObjectName(u"providerPlainHttp"_s);
    m_keyPlace->setObjectName(u"keyPlace"_s);
    m_keyPlace->setAccessibleName(tr("Where the key is"));
    m_keyPlace->addItem(tr("In the system's keyring"), int(KeyPlace::Keyring));
    m_keyPlace->addItem(tr("In an environment variable"), int(KeyPlace::Environment));
    m_keyPlace->addItem(tr("No key is needed"), int(KeyPlace::None));
    m_problem->setObjectName(u"providerProblem"_s);
    m_problem->setWordWrap(true);
    setRole(m_problem, Role::ErrorText);
    m_problem->hide();

    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    addRow(form, tr("Name"), m_name);
    addRow(form, tr("Protocol"), m_protocol);
    addRow(form, tr("Address"), m_baseUrl);
    form->addRow(QString(), m_plainHttp);
    addRow(form, tr("Key"), m_keyPlace);
    form->addRow(QString(), makeKeyRow());
    form->addRow(QString(), m_keyState);
    form->addRow(QString(), m_problem);
    addMoreRows();
    // The list of models below gives way, not the fields.
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);

    for (QLineEdit *edit : {m_name, m_baseUrl, m_variable})
        connect(edit, &QLineEdit::editingFinished, this, &ProviderForm::commit);
    for (QComboBox *box : {m_protocol, m_keyPlace})
        connect(box, &QComboBox::activated, this, &ProviderForm::commit);
    connect(m_plainHttp, &QCheckBox::clicked, this, &ProviderForm::commit);
}

// What few need: headers that tell an OpenAI-compatible server who is billed and who asks, and who
// vouches for a server.
void ProviderForm::addMoreRows()
{
    auto *form = static_cast<QFormLayout *>(layout());
    m_more = new QToolButton;
    m_more->setObjectName(u"providerMore"_s);
    m_more->setText(tr("More"));
    m_more->setAccessibleName(tr("More settings of the provider"));
    m_more->setToolTip(tr("Who is billed and who asks, and whose certificates are trusted"));
    m_more->setCheckable(true);
    m_more->setAutoRaise(true);
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_more->setArrowType(Qt::RightArrow);
    form->addRow(QString(), m_more);
    for (const QString &header : providers::optionalHeaders()) {
        QLineEdit *edit = lineEdit(u"header_"_s + header, headerTitle(header));
        edit->setPlaceholderText(tr("Optional; sent as %1").arg(header));
        m_headers.insert(header, edit);
        addRow(form, headerTitle(header), edit);
        connect(edit, &QLineEdit::editingFinished, this, &ProviderForm::commit);
    }
    m_certificate = new CertificateField;
    addRow(form, tr("Certificate file"), m_certificate);
    connect(m_certificate, &CertificateField::edited, this, &ProviderForm::commit);
    connect(m_more, &QToolButton::toggled, this, &ProviderForm::showMore);
    showMore();
}

void ProviderForm::showMore()
{
    auto *form = static_cast<QFormLayout *>(layout());
    const bool hasHeaders = m_protocol->currentData().toString() == "openai"_L1;
    const bool isSecure = QUrl(m_baseUrl->text().trimmed()).scheme() == "https"_L1;
    form->setRowVisible(m_more, hasHeaders || isSecure);
    m_more->setArrowType(m_more->isChecked() ? Qt::DownArrow : Qt::RightArrow);
    for (QLineEdit *edit : std::as_const(m_headers))
        form->setRowVisible(edit, hasHeaders && m_more->isChecked());
    form->setRowVisible(m_certificate, isSecure && m_more->isChecked());
}

QWidget *ProviderForm::makeKeyRow()
{
    m_key = lineEdit(u"providerKey"_s, tr("Key"));
    m_key->setEchoMode(QLineEdit::Password);
    m_key->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    m_keepKey = new QPushButton(tr("Keep"));
    m_keepKey->setObjectName(u"keepKey"_s);
    m_keepKey->setAccessibleName(tr("Keep the key in the keyring"));
    m_keepKey->setToolTip(tr("Puts the key into the system's keyring, for this server only"));
    m_keepKey->setEnabled(false);
    m_forgetKey = new QPushButton(tr("Forget"));
    m_forgetKey->setObjectName(u"forgetKey"_s);
    m_forgetKey->setAccessibleName(tr("Forget the key"));
    m_forgetKey->setToolTip(tr("Takes the key out of the keyring"));
    auto *inKeyring = new QWidget;
    auto *row = new QHBoxLayout(inKeyring);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_key, 1);
    row->addWidget(m_keepKey);
    row->addWidget(m_forgetKey);
    m_variable = lineEdit(u"providerVariable"_s, tr("Environment variable"));
    m_variable->setPlaceholderText(tr("Name of the variable, such as OPENAI_API_KEY"));
    m_keyRow = new QStackedWidget;
    m_keyRow->addWidget(inKeyring);
    m_keyRow->addWidget(m_variable);
    m_keyRow->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_keyState = new QLabel;
    m_keyState->setObjectName(u"keyState"_s);
    m_keyState->setWordWrap(true);
    connect(m_key, &QLineEdit::textChanged, this,
            [this](const QString &text) { m_keepKey->setEnabled(!text.trimmed().isEmpty()); });
    connect(m_key, &QLineEdit::returnPressed, this, &ProviderForm::enterKey);
    connect(m_keepKey, &QPushButton::clicked, this, &ProviderForm::enterKey);
    connect(m_forgetKey, &QPushButton::clicked, this, &ProviderForm::keyForgotten);
    return m_keyRow;
}

void ProviderForm::setEndpoint(const providers::Endpoint &endpoint)
{
    const bool other = m_endpoint.name != endpoint.name;
    m_endpoint = endpoint;
    m_name->setText(endpoint.name);
    m_protocol->setCurrentIndex(m_protocol->findData(endpoint.protocol));
    m_baseUrl->setText(endpoint.baseUrl.toString());
    m_plainHttp->setChecked(endpoint.allowPlainHttp);
    m_variable->setText(endpoint.keyVariable);
    m_keyPlace->setCurrentIndex(m_keyPlace->findData(int(keyPlaceOf(endpoint))));
    for (auto header = m_headers.begin(); header != m_headers.end(); ++header)
        (*header)->setText(endpoint.headers.value(header.key()));
    m_certificate->setPath(endpoint.certificateFile);
    // What is set is seen.
    if (other)
        m_more->setChecked(!endpoint.headers.isEmpty() || !endpoint.certificateFile.isEmpty());
    showMore();
    if (other)
        m_key->clear();
    setProblem({});
    showKeyPlace();
}

void ProviderForm::showKeyPlace()
{
    const auto place = KeyPlace(m_keyPlace->currentData().toInt());
    m_keyRow->setVisible(place != KeyPlace::None);
    m_keyRow->setCurrentIndex(place == KeyPlace::Environment ? 1 : 0);
    const QUrl url(m_baseUrl->text());
    m_plainHttp->setVisible(url.scheme() == "http"_L1 && !providers::isLoopback(url));
}

void ProviderForm::setKeyProblem(const QString &sentence)
{
    const bool needed = KeyPlace(m_keyPlace->currentData().toInt()) != KeyPlace::None;
    const bool inKeyring = KeyPlace(m_keyPlace->currentData().toInt()) == KeyPlace::Keyring;
    m_keyState->setVisible(needed);
    setRole(m_keyState, sentence.isEmpty() ? Role::Secondary : Role::WarningText);
    m_keyState->setText(
        !sentence.isEmpty() ? sentence
        : inKeyring ? tr("The key is there. It is sent to %1 only.").arg(m_endpoint.baseUrl.host())
                    : tr("The variable is set."));
    m_forgetKey->setVisible(inKeyring && sentence.isEmpty());
    m_key->setPlaceholderText(sentence.isEmpty() ? tr("Another key") : tr("Paste the key"));
}

void ProviderForm::setProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

void ProviderForm::focusName()
{
    m_name->setFocus();
    m_name->selectAll();
}

void ProviderForm::focusKey()
{
    if (m_keyRow->isVisible())
        (m_keyRow->currentIndex() == 1 ? m_variable : m_key)->setFocus();
}

void ProviderForm::commit()
{
    providers::Endpoint endpoint = m_endpoint;
    endpoint.name = m_name->text().trimmed();
    endpoint.protocol = m_protocol->currentData().toString();
    endpoint.baseUrl = QUrl(m_baseUrl->text().trimmed(), QUrl::StrictMode);
    endpoint.allowPlainHttp = m_plainHttp->isChecked();
    endpoint.headers.clear();
    for (auto header = m_headers.begin(); header != m_headers.end(); ++header) {
        if (const QString text = (*header)->text().trimmed(); !text.isEmpty())
            endpoint.headers.insert(header.key(), text);
    }
    endpoint.certificateFile = m_certificate->path();
    showMore();
    const auto place = KeyPlace(m_keyPlace->currentData().toInt());
    endpoint.keyInKeyring = place == KeyPlace::Keyring;
    endpoint.keyVariable =
        place == KeyPlace::Environment ? m_variable->text().trimmed() : QString();
    showKeyPlace();
    // A variable that is about to be named.
    if (place == KeyPlace::Environment && endpoint.keyVariable.isEmpty()) {
        m_variable->setFocus();
        return;
    }
    if (endpoint != m_endpoint)
        Q_EMIT edited(endpoint);
    else
        setProblem({});
}

void ProviderForm::enterKey()
{
    const QByteArray key = m_key->text().trimmed().toUtf8();
    m_key->clear();
    if (!key.isEmpty())
        Q_EMIT keyEntered(key);
}

} // namespace headgate::ui
