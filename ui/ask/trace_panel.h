#pragma once

#include "core/engine/run_trace.h"

#include <QWidget>

class QFormLayout;
class QLabel;
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

Q_SIGNALS:
    void nodeSelected(const headgate::policy::NodeId &node);

private:
    void showSelected();
    void copyJson();
    void updateRuler();

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
    std::optional<engine::RunTrace> m_trace;
};

} // namespace headgate::ui
