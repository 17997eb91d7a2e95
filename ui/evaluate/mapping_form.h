#pragma once

#include "core/evaluation/datasets/import_preview.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;

namespace headgate::ui {

// Which column of a file holds what.
class MappingForm final : public QWidget
{
    Q_OBJECT
public:
    explicit MappingForm(QWidget *parent = nullptr);

    void setPreview(const evaluation::ImportPreview &preview); // offers its columns, and its guess
    evaluation::ColumnMapping mapping() const;
    QString problem() const; // why it cannot be so; empty: it can

Q_SIGNALS:
    void changed();

private:
    QComboBox *addRow(const QString &name, const QString &label, const QString &none,
                      const QString &help);
    void showProblem();

    QStringList m_columns;
    QComboBox *m_prompt = nullptr;
    QComboBox *m_expected = nullptr;
    QComboBox *m_id = nullptr;
    QComboBox *m_subset = nullptr;
    QComboBox *m_outcomes = nullptr;
    QCheckBox *m_keepOthers = nullptr;
    QLabel *m_problem = nullptr;
};

} // namespace headgate::ui
