#pragma once

#include "core/engine/run_trace.h"

#include <QWidget>

class QFormLayout;
class QLabel;
class QPushButton;
class QTreeView;

namespace headgate::ui {

class Theme;
class TraceDelegate;
class TraceModel;

// The steps of one run as a tree on a time ruler, and everything that is known of the selected one.
class TracePanel final : public QWidget
{
    Q_OBJECT
public:
    explicit TracePanel(const Theme &theme, QWidget *parent = nullptr); // theme outlives it

    void clear();
    void append(const engine::Hop &hop); // while the run is under way
    void show(const engine::RunTrace &trace);
    void showHop(const QString &runId, int hop); // where that run is shown

Q_SIGNALS:
    void nodeSelected(const headgate::policy::NodeId &node);
    void hopSelected(const QString &runId, int hop); // of a finished run
    void replayRequested(const headgate::engine::RunTrace &trace, int hop);
    void pinRequested(const headgate::engine::RunTrace &trace);

private:
    void showSelected();
    void copyJson();
    void updateRuler();
    QPushButton *addAction(const QString &text, const QString &name, const QString &toolTip);
    int currentHop() const;

    const Theme &m_theme;
    TraceModel *m_model = nullptr;
    TraceDelegate *m_delegate = nullptr;
    QTreeView *m_tree = nullptr;
    QLabel *m_ruler = nullptr;
    QLabel *m_hint = nullptr;
    QLabel *m_detailTitle = nullptr;
    QWidget *m_detailBody = nullptr;
    QFormLayout *m_details = nullptr;
    QWidget *m_actions = nullptr;
    QPushButton *m_pin = nullptr;
    std::optional<engine::RunTrace> m_trace;
};

} // namespace headgate::ui
