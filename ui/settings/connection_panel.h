#pragma once

#include "core/providers/connection_test.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;

namespace headgate::ui {

class OfferedModelsModel;
class Theme;

// The test of a provider and what it found: reachable, key accepted, how long it took, and the
// models with their prices. The theme outlives it.
class ConnectionPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit ConnectionPanel(const Theme &theme, QWidget *parent = nullptr);

    void clear(); // of another provider
    void setTesting();
    void showReport(const providers::ConnectionReport &report);
    OfferedModelsModel &models() { return *m_models; }
    void updateNote();

Q_SIGNALS:
    void testRequested();

private:
    const Theme &m_theme;
    QPushButton *m_test = nullptr;
    QLabel *m_result = nullptr;
    QLabel *m_note = nullptr;
    OfferedModelsModel *m_models = nullptr;
    QTableView *m_table = nullptr;
};

} // namespace headgate::ui
