#include "ui/evaluate/policy_history.h"

#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>

using namespace headgate;
using namespace headgate::ui;
using namespace Qt::StringLiterals;

namespace {

policy::PolicyDocument twoNodes()
{
    policy::PolicyDocument document;
    policy::Node query;
    query.id.value = u"q"_s;
    query.kind = u"query"_s;
    policy::Node gate;
    gate.id.value = u"g"_s;
    gate.kind = u"gate"_s;
    gate.config = {{"threshold", 0.5}};
    document.nodes = {query, gate};
    return document;
}

// Sets a threshold, or moves the gate.
class Edit final : public QUndoCommand
{
public:
    Edit(policy::PolicyEditor &editor, std::optional<double> threshold)
        : m_editor(editor)
        , m_threshold(threshold)
    {
        setText(threshold ? u"Threshold"_s : u"Move"_s);
    }
    void redo() override
    {
        if (m_threshold)
            m_before = m_editor.setConfigValue({u"g"_s}, u"threshold"_s, *m_threshold);
        else
            m_from = m_editor.moveNode({u"g"_s}, {40, 40});
    }
    void undo() override
    {
        if (m_threshold)
            m_editor.setConfigValue({u"g"_s}, u"threshold"_s, m_before);
        else
            m_editor.moveNode({u"g"_s}, m_from);
    }

private:
    policy::PolicyEditor &m_editor;
    std::optional<double> m_threshold;
    Json m_before;
    QPointF m_from;
};

double thresholdOf(const PolicyHistory::Step &step)
{
    return step.policy ? step.policy->nodes[1].config["threshold"].get<double>() : -1;
}

} // namespace

class TestPolicyHistory final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyStepKeepsItsPolicy()
    {
        policy::PolicyEditor editor(twoNodes());
        QUndoStack undo;
        const PolicyHistory history(editor, undo);
        undo.push(new Edit(editor, 0.6));
        undo.push(new Edit(editor, 0.7));
        QList<PolicyHistory::Step> steps = history.steps();
        QCOMPARE(steps.size(), 3);
        QCOMPARE(thresholdOf(steps[0]), 0.5);
        QCOMPARE(thresholdOf(steps[1]), 0.6);
        QCOMPARE(thresholdOf(steps[2]), 0.7);
        QCOMPARE(steps[1].text, u"Threshold"_s);
        // What was undone is still there, until something else is done.
        undo.undo();
        QCOMPARE(history.current(), 1);
        QCOMPARE(thresholdOf(history.steps()[2]), 0.7);
        undo.push(new Edit(editor, 0.9));
        steps = history.steps();
        QCOMPARE(steps.size(), 3);
        QCOMPARE(thresholdOf(steps[2]), 0.9);
    }

    void whatOnlyMovesSharesOnePolicy()
    {
        policy::PolicyEditor editor(twoNodes());
        QUndoStack undo;
        const PolicyHistory history(editor, undo);
        QSignalSpy changed(&history, &PolicyHistory::changed);
        undo.push(new Edit(editor, std::nullopt));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(history.steps()[0].policy, history.steps()[1].policy);
        undo.push(new Edit(editor, 0.8));
        QVERIFY(history.steps()[1].policy != history.steps()[2].policy);
    }

    void anotherDocumentStartsAnew()
    {
        policy::PolicyEditor editor(twoNodes());
        QUndoStack undo;
        const PolicyHistory history(editor, undo);
        undo.push(new Edit(editor, 0.6));
        policy::PolicyDocument other = twoNodes();
        other.nodes[1].config["threshold"] = 0.1;
        undo.clear();
        editor.setDocument(other);
        QTRY_COMPARE(thresholdOf(history.steps()[0]), 0.1);
        QCOMPARE(history.steps().size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestPolicyHistory)
#include "tst_policy_history.moc"
