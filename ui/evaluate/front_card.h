#pragma once

#include "core/common/result.h"
#include "ui/common/card.h"
#include "ui/evaluate/front_plot.h"
#include "ui/evaluate/front_table.h"

class QAction;
class QMenu;
class QStackedLayout;
class QTableView;

namespace headgate::ui {

// Quality over cost as a plot or as a table, which can be saved as figures and as a picture.
class FrontCard final : public Card
{
    Q_OBJECT
public:
    explicit FrontCard(const Theme &theme, QWidget *parent = nullptr); // outlives the card

    FrontPlot &plot() { return *m_plot; }
    void setTable(FrontTable table);
    void showTable(bool table);
    QMenu *menu() const { return m_menu; } // table, save as; owned by the card

    // Errors name the file.
    Result<> save(const QString &path) const; // CSV, JSON or PNG, by the suffix

Q_SIGNALS:
    void cascadeChosen(const headgate::evaluation::Cascade &cascade); // a row of the table
    void saveFailed(const QString &sentence);

private:
    void buildMenu();
    void askAndSave(const QString &suffix);
    QByteArray picture() const;

    FrontPlot *m_plot = nullptr;
    FrontTableModel *m_model = nullptr;
    QTableView *m_table = nullptr;
    QStackedLayout *m_stack = nullptr;
    QMenu *m_menu = nullptr;
    QAction *m_asTable = nullptr;
};

} // namespace headgate::ui
