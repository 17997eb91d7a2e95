#pragma once

#include <QWidget>

class QLineEdit;

namespace headgate::ui {

// The path of a provider's own certificate file: typed, or chosen in a file dialog. It is for the
// form to say what is wrong with it.
class CertificateField final : public QWidget
{
    Q_OBJECT
public:
    explicit CertificateField(QWidget *parent = nullptr);

    void setPath(const QString &path);
    QString path() const; // empty: none

Q_SIGNALS:
    void edited(); // a field was left, or a file chosen

private:
    void choose();

    QLineEdit *m_path = nullptr;
};

} // namespace headgate::ui
