#pragma once

#include "ui/evaluate/tuning.h"

#include <QAbstractTableModel>

namespace headgate::ui {

class Theme;

// What two cascades do on each prompt, side by side.
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
        CostColumn,
        ColumnCount
    };
    enum Role {
        SortRole = Qt::UserRole, // the raw value; of the cost its size, whatever the sign
    };
    enum class Filter { All, Failed, Flipped };

    explicit CasesModel(const Theme &theme, QObject *parent = nullptr); // outlives the model

    // `outcomes` and `columns` outlive the next call.
    void setCascades(std::shared_ptr<const LoadedOutcomes> outcomes,
                     const evaluation::CascadeColumns &columns, const evaluation::Cascade &before,
                     const evaluation::Cascade &now);
    void setFilter(Filter filter);
    Filter filter() const { return m_filter; }
    qsizetype count(Filter filter) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    bool matches(size_t row, Filter filter) const;
    void fill();
    QString text(size_t row, int column) const;
    QString prompt(size_t row) const;
    QString route(size_t row) const;
    qint64 costDifference(size_t row) const;

    const Theme &m_theme;
    std::shared_ptr<const LoadedOutcomes> m_outcomes;
    const evaluation::CascadeColumns *m_columns = nullptr;
    evaluation::Cascade m_beforeCascade;
    evaluation::Cascade m_nowCascade;
    evaluation::CascadeRows m_before;
    evaluation::CascadeRows m_now;
    Filter m_filter = Filter::All;
    std::vector<size_t> m_shown; // rows of the columns
};

} // namespace headgate::ui
