#pragma once

#include "ui/evaluate/cases_model.h"

#include <QWidget>

class QButtonGroup;
class QComboBox;
class QGridLayout;
class QTableView;

namespace headgate::ui {

// A way of routing that cases are read by.
struct ComparedPolicy
{
    QString id;   // stays the same while it is moved or measured anew
    QString name; // as the user reads it
    RoutedPtr routed;
};

// Which cases two policies answer otherwise: filters with their counts, the two that are compared,
// the order, the table.
class CasesPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit CasesPanel(const Theme &theme, QWidget *parent = nullptr); // outlives the panel

    // What can be compared. Until the user chooses others, the first is the new one and the second
    // the one before; a choice that is no longer there falls back to that. None: no cases.
    void setPolicies(std::shared_ptr<const LoadedOutcomes> outcomes,
                     const QList<ComparedPolicy> &policies);
    void showFilter(CasesModel::Filter filter);
    void setNarrow(bool narrow); // fewer columns, the order below what is compared
    const CasesModel &model() const { return *m_model; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeFilters();
    QWidget *makeChoices();
    void makeTable();
    void placeFilters(); // as many beside each other as have room
    void fillChoice(QComboBox *choice, const QString &chosen) const;
    void compare();
    void showCounts();
    const ComparedPolicy &chosen(const QString &id, qsizetype otherwise) const;

    CasesModel *m_model = nullptr;
    QTableView *m_table = nullptr;
    QButtonGroup *m_filters = nullptr;
    QGridLayout *m_filterGrid = nullptr;
    QGridLayout *m_choiceGrid = nullptr;
    int m_filterColumns = 0;
    QComboBox *m_before = nullptr;
    QComboBox *m_now = nullptr;
    QComboBox *m_order = nullptr;
    std::shared_ptr<const LoadedOutcomes> m_outcomes;
    QList<ComparedPolicy> m_policies;
    QString m_beforeId; // chosen by the user; empty: not chosen
    QString m_nowId;
};

} // namespace headgate::ui
