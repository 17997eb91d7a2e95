#pragma once

#include "core/common/json.h"

#include <QDialog>

class QLabel;
class QPushButton;

namespace headgate::ui {

class GraderForm;
class Theme;

// How the answers to a data set are graded from now on.
class GraderDialog final : public QDialog
{
    Q_OBJECT
public:
    // `hasOutcomes`: says what becomes of the grades that there are.
    GraderDialog(const Theme &theme, const QString &dataset, const Json &grader, bool hasOutcomes,
                 QWidget *parent = nullptr);

    void showProblem(const QString &sentence); // why it could not be set; empty: none

Q_SIGNALS:
    void chosen(const headgate::Json &grader);

private:
    void check();

    const Json m_former;
    GraderForm *m_form = nullptr;
    QLabel *m_problem = nullptr;
    QPushButton *m_set = nullptr;
};

} // namespace headgate::ui
