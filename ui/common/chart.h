#pragma once

#include "core/common/result.h"
#include "ui/common/chart_data.h"

#include <QDateTime>
#include <QWidget>

class QMenu;
class QStackedLayout;

namespace headgate::ui {

class ChartPlot;
class ChartTableModel;

// The one interface to charts: lines of money over time, with a table of the same figures.
// Hover: value with origin. Click: pointActivated. Drag: zoom; double-click: all. Keyboard and
// screen readers get the table.
class Chart final : public QWidget
{
    Q_OBJECT
public:
    explicit Chart(const Theme &theme, QWidget *parent = nullptr); // outlives the chart

    void setData(const ChartData &data);
    const ChartData &data() const { return m_data; }

    // Save as PNG, SVG, CSV; show as table. Owned by the chart.
    QMenu *menu() const { return m_menu; }
    bool isTable() const;
    void setTable(bool table);

    // The picture names context and origin. Errors name the file.
    Result<> savePng(const QString &path) const;
    Result<> saveSvg(const QString &path) const;
    Result<> saveCsv(const QString &path) const;
    // Points drawn, after decimation; for tests.
    qsizetype drawnPoints() const;

Q_SIGNALS:
    void pointActivated(const QDateTime &at);
    void exportFailed(const QString &sentence);

private:
    void buildMenu();
    void askAndSave(const QString &suffix);

    ChartData m_data;
    QMenu *m_menu = nullptr;
    QAction *m_asTable = nullptr;
    QStackedLayout *m_stack = nullptr;
    ChartPlot *m_plot = nullptr;
    ChartTableModel *m_model = nullptr;
};

} // namespace headgate::ui
