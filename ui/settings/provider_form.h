#pragma once

#include "core/providers/endpoint.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace headgate::ui {

class CertificateField;

// Where the key of a provider is found.
enum class KeyPlace { Keyring, Environment, None };

// The settings of one provider. What can be used leaves as edited() when a field is left; what
// cannot stays in its field with a sentence below.
class ProviderForm final : public QWidget
{
    Q_OBJECT
public:
    explicit ProviderForm(QWidget *parent = nullptr);

    void setEndpoint(const providers::Endpoint &endpoint); // shows it anew
    const providers::Endpoint &endpoint() const { return m_endpoint; }
    // Whether a call would find a key; empty: it would.
    void setKeyProblem(const QString &sentence);
    void setProblem(const QString &sentence); // why the last edit was not taken
    void focusName();
    void focusKey();

Q_SIGNALS:
    void edited(const headgate::providers::Endpoint &endpoint);
    void keyEntered(const QByteArray &key);
    void keyForgotten();

private:
    QWidget *makeKeyRow();
    void addMoreRows();
    void showMore();
    void commit();
    void enterKey();
    void showKeyPlace();

    providers::Endpoint m_endpoint;
    QLineEdit *m_name = nullptr;
    QComboBox *m_protocol = nullptr;
    QLineEdit *m_baseUrl = nullptr;
    QCheckBox *m_plainHttp = nullptr;
    QComboBox *m_keyPlace = nullptr;
    QStackedWidget *m_keyRow = nullptr;
    QLineEdit *m_key = nullptr;
    QPushButton *m_keepKey = nullptr;
    QPushButton *m_forgetKey = nullptr;
    QLineEdit *m_variable = nullptr;
    QLabel *m_keyState = nullptr;
    QLabel *m_problem = nullptr;
    QToolButton *m_more = nullptr;
    QMap<QString, QLineEdit *> m_headers; // by the header's name
    CertificateField *m_certificate = nullptr;
};

} // namespace headgate::ui
