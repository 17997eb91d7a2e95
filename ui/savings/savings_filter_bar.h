#pragma once

#include "ui/savings/savings_report.h"

#include <QWidget>

class QComboBox;
class QHBoxLayout;

namespace headgate::ui {

// The row of choices on top: period, policy, origin. The choices follow what the ledger holds.
class SavingsFilterBar final : public QWidget
{
    Q_OBJECT
public:
    explicit SavingsFilterBar(QWidget *parent = nullptr);

    const SavingsFilter &filter() const { return m_filter; }
    void setFilter(const SavingsFilter &filter); // changed() follows
    // Offers the report's policies and origins and shows the origin that it has.
    void setReport(const SavingsReport &report);
    QHBoxLayout *row() const { return m_row; }

Q_SIGNALS:
    void changed();

private:
    void readChoices();

    SavingsFilter m_filter;
    QHBoxLayout *m_row = nullptr;
    QComboBox *m_period = nullptr;
    QComboBox *m_policy = nullptr;
    QComboBox *m_origin = nullptr;
};

} // namespace headgate::ui
