#pragma once

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace headgate::ui {

// Asks for another name of a data set; what cannot be is said at the field.
class DatasetNameDialog final : public QDialog
{
    Q_OBJECT
public:
    // `taken`: names of the other data sets.
    DatasetNameDialog(const QString &name, const QStringList &taken, QWidget *parent = nullptr);

    void showProblem(const QString &sentence);

Q_SIGNALS:
    void named(const QString &name);

private:
    void check();

    QStringList m_taken;
    QLineEdit *m_name = nullptr;
    QLabel *m_problem = nullptr;
    QPushButton *m_rename = nullptr;
};

} // namespace headgate::ui
