#pragma once

#include "core/evaluation/regret.h"
#include "ui/evaluate/tuning.h"

#include <QAbstractTableModel>

namespace headgate::ui {

class Theme;

using RoutedPtr = std::shared_ptr<const evaluation::RoutedRows>;

// What two ways of routing do on each prompt of the validation part, side by side. Prompts on which
// something is missing are there, too, and count as errors: never as wrong, never as free.
class CasesModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        NumberColumn,
        PromptColumn,
        BeforeColumn,
        NewColumn,
        RouteColumn,
        ValueColumn, // money or quality, as they are ordered and filtered
        ColumnCount
    };
    enum Role {
        SortRole = Qt::UserRole, // the raw value; of the last column its size, whatever the sign
    };
    // Overpaid: a cheaper model alone would have been as good. Underserved: another model would
    // have been better. Both of the new one.
    enum class Filter { All, Failed, Flipped, Error, Overpaid, Underserved };
    enum class Order { Money, Quality };

    explicit CasesModel(const Theme &theme, QObject *parent = nullptr); // outlives the model

    // Both are about the rows of the validation part that are complete.
    void setRouted(std::shared_ptr<const LoadedOutcomes> outcomes, RoutedPtr before, RoutedPtr now);
    void clear();
    void setFilter(Filter filter);
    void setOrder(Order order);
    Filter filter() const { return m_filter; }
    Order order() const { return m_order; }
    qsizetype count(Filter filter) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    struct Case
    {
        qint32 row = 0;    // of the table
        qint32 place = -1; // in what was routed; -1: it is not complete
    };
    bool matches(const Case &each, Filter filter) const;
    void takeOutcomes(std::shared_ptr<const LoadedOutcomes> outcomes);
    void fill();
    QString text(const Case &each, int column) const;
    QString prompt(const Case &each) const;
    QString route(const Case &each) const;
    QString absent(const Case &each) const; // whose outcome is
    QString valueText(const Case &each) const;
    std::optional<double> value(const Case &each) const; // none: not known
    double sizeOf(const Case &each) const;               // of the value; what is not known is last
    enum class Mark { Right, Wrong, None };
    Mark markOf(const Case &each, const evaluation::RoutedRows &routed) const;
    QString nameOf(qint32 model) const;

    const Theme &m_theme;
    std::shared_ptr<const LoadedOutcomes> m_outcomes;
    std::vector<Case> m_cases; // all of the part
    RoutedPtr m_before;
    RoutedPtr m_now;
    std::vector<evaluation::Regret> m_regrets; // of the new one, by place
    Filter m_filter = Filter::All;
    Order m_order = Order::Money;
    std::vector<Case> m_shown;
};

} // namespace headgate::ui
