#pragma once

#include "core/ledger/ledger.h"
#include "core/policy/policy_editor.h"

#include <QTimer>
#include <QWidget>

class QPushButton;
class QTableView;

namespace headgate::ui {

class ListPane;
class RunRecords;
class RunsModel;

// The runs of the drawn policy, of this session and recorded: each can be replayed, and the path
// of one of this session pinned. Editor and records outlive it.
class RunsPanel final : public QWidget
{
    Q_OBJECT
public:
    RunsPanel(policy::PolicyEditor &editor, RunRecords &records, QWidget *parent = nullptr);

Q_SIGNALS:
    void replayRequested(const headgate::engine::RunTrace &trace);
    void pinRequested(const headgate::engine::RunTrace &trace);
    void problem(const QString &sentence);

protected:
    void showEvent(QShowEvent *event) override;

private:
    QString currentId() const;
    void load();
    void show();
    void replayCurrent();
    void pinCurrent();
    void updateButtons();

    policy::PolicyEditor &m_editor;
    RunRecords &m_records;
    QList<ledger::RunSummary> m_recorded;
    RunsModel *m_model = nullptr;
    QTableView *m_table = nullptr;
    ListPane *m_pane = nullptr;
    QPushButton *m_replay = nullptr;
    QPushButton *m_pin = nullptr;
    QTimer m_reload;
    int m_asked = 0;
};

} // namespace headgate::ui
