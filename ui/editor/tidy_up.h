#pragma once

#include "core/common/worker_thread.h"
#include "ui/editor/arrange.h"
#include "ui/editor/layout/layered_layout.h"

#include <QFutureWatcher>
#include <QUndoStack>

#include <stop_token>

namespace headgate::ui {

class PolicyScene;

// What a layout is made from, and what its places mean. A value: it may go to another thread.
struct TidyInput
{
    QList<PlacedCard> cards;
    QList<LayoutEdge> edges; // by their numbers
};

// Notes are left out: they belong to places, not to wires.
TidyInput tidyInput(const policy::PolicyDocument &document, const PolicyScene &scene,
                    const QList<policy::NodeId> &nodes);
// Laid out with the top left corner of all where it was.
QList<NodeMove> tidyMoves(const TidyInput &input, std::stop_token stop = {});

// Lays nodes out and puts them there in one step. A large drawing is laid out on another thread;
// where the document changes meanwhile, nothing comes of it. Editor, stack and scene outlive it.
class TidyUp final : public QObject
{
    Q_OBJECT
public:
    TidyUp(policy::PolicyEditor &editor, QUndoStack &undo, PolicyScene &scene);
    ~TidyUp() override;

    void start(const QList<policy::NodeId> &nodes);
    bool isBusy() const { return m_watcher.isRunning(); }

private:
    void push(const QList<NodeMove> &moves);
    void drop();

    policy::PolicyEditor &m_editor;
    QUndoStack &m_undo;
    PolicyScene &m_scene;
    QFutureWatcher<QList<NodeMove>> m_watcher;
    std::stop_source m_stop;
    WorkerThread m_worker;
};

} // namespace headgate::ui
