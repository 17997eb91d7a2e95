#pragma once

#include "core/providers/call_probe.h"
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
    void setProbing(const QString &model);
    void showProbe(const providers::ProbeReport &report);
    OfferedModelsModel &models() { return *m_models; }
    void updateNote();

Q_SIGNALS:
    void testRequested();
    // The user wants one tiny call to this model.
    void probeRequested(const QString &model);

private:
    void requestProbe();

    const Theme &m_theme;
    QPushButton *m_test = nullptr;
    QLabel *m_result = nullptr;
    QPushButton *m_probe = nullptr;
    QLabel *m_findings = nullptr;
    QLabel *m_note = nullptr;
    OfferedModelsModel *m_models = nullptr;
    QTableView *m_table = nullptr;
};

} // namespace headgate::ui
