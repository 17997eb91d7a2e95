#pragma once

#include "core/evaluation/optimizer/cascade_columns.h"

#include <QFrame>

class QCheckBox;
class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QScrollArea;

namespace headgate::ui {

// Which models a cascade may use, what a call costs where the outcomes do not say, and the smallest
// share that a stage may answer. Says what has changed when it is closed; a field that is wrong
// says so itself, and keeps the popup from being read.
class SearchOptionsPopup final : public QFrame
{
    Q_OBJECT
public:
    explicit SearchOptionsPopup(QWidget *parent = nullptr);

    struct Model
    {
        QString name;
        bool hasCosts = true; // some of its outcomes have one
        bool operator==(const Model &) const = default;
    };
    void setModels(const QList<Model> &models); // keeps what was said of those of the same name

    bool isValid() const;
    evaluation::CascadeColumnsOptions models() const;
    double leastShare() const; // in [0, 1]
    bool perBranch() const;    // of the router that the drawing begins with
    QString summary() const;   // "2 left out…"; empty where all is as it was

Q_SIGNALS:
    void closed();

protected:
    void hideEvent(QHideEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Row
    {
        Model model;
        QCheckBox *use = nullptr;
        QLineEdit *cost = nullptr; // nullptr where the outcomes say it
    };
    Row makeRow(const Model &model, int place);
    void check();

    QGridLayout *m_grid = nullptr;
    QScrollArea *m_scroll = nullptr;
    QCheckBox *m_perBranch = nullptr;
    QDoubleSpinBox *m_leastShare = nullptr; // percent
    QLabel *m_problem = nullptr;
    QList<Row> m_rows;
};

} // namespace headgate::ui
