#include "tests/editor/editor_fixture.h"

#include "ui/editor/editor_commands/compound_commands.h"
#include "ui/editor/editor_commands/node_commands.h"
#include "ui/editor/editor_commands/policy_commands.h"
#include "ui/editor/editor_commands/wire_commands.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::ui;
using policy::PolicyDocument;
using policy::PolicyEditor;
using test::id;

namespace {

using Make = std::function<QUndoCommand *(PolicyEditor &)>;

policy::Node freshNode(const PolicyEditor &editor)
{
    policy::Node node;
    node.id = editor.freeId();
    node.kind = u"gate"_s;
    node.title = editor.freeTitle(node.kind);
    node.at = {20, 40};
    return node;
}

} // namespace

Q_DECLARE_METATYPE(Make)

class TestEditorCommands final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void undoRestoresAndRedoRepeats_data()
    {
        QTest::addColumn<Make>("make");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const QString &text, const Make &make) {
            QTest::newRow(name) << make << text;
        };
        row("add", u"Add “Gate”"_s, [](PolicyEditor &editor) {
            policy::Node node = freshNode(editor);
            node.title = u"Gate"_s;
            return new AddNodeCommand(editor, node);
        });
        row("add and wire", u"Add “Gate”"_s, [](PolicyEditor &editor) {
            policy::Node node = freshNode(editor);
            node.title = u"Gate"_s;
            return addCommand(editor, node, {{id("s"), u"error"_s, node.id}}).release();
        });
        row("remove with wires", u"Delete “Gate 1”"_s,
            [](PolicyEditor &editor) { return removeCommand(editor, {id("g")}, {}).release(); });
        row("remove several", u"Delete 2 nodes"_s, [](PolicyEditor &editor) {
            return removeCommand(editor, {id("g"), id("s")}, {editor.document().wires.last()})
                .release();
        });
        row("remove wires", u"Delete 2 wires"_s, [](PolicyEditor &editor) {
            const auto &wires = editor.document().wires;
            return removeCommand(editor, {}, {wires[1], wires[3]}).release();
        });
        row("move", u"Move 2 nodes"_s, [](PolicyEditor &editor) {
            const QList<NodeMove> moves{{id("g"), {1, 2}}, {id("s"), {3, 4}}};
            return new MoveNodesCommand(editor, moves, MoveNodesCommand::Burst::Single);
        });
        row("title", u"Rename “Gate 1” to “Judge”"_s,
            [](PolicyEditor &editor) { return new SetTitleCommand(editor, id("g"), u"Judge"_s); });
        row("config", u"Change “Threshold” of “Gate 1”"_s, [](PolicyEditor &editor) {
            return new SetConfigValueCommand(editor, id("g"), u"threshold"_s, 0.7);
        });
        row("config back to default", u"Change “Threshold” of “Gate 1”"_s,
            [](PolicyEditor &editor) {
                return configCommand(editor, id("g"), u"threshold"_s, Json()).release();
            });
        row("connect", u"Connect “Small” to “Large”"_s, [](PolicyEditor &editor) {
            return new ConnectCommand(editor, {id("s"), u"error"_s, id("l")});
        });
        row("connect over a wire", u"Connect “Gate 1” to “Answer”"_s, [](PolicyEditor &editor) {
            return new ConnectCommand(editor, {id("g"), u"escalate"_s, id("a")});
        });
        row("disconnect", u"Disconnect “Gate 1” from “Small”"_s, [](PolicyEditor &editor) {
            return new DisconnectCommand(editor, {id("s"), u"answer"_s, id("g")});
        });
        row("replug", u"Connect “Gate 1” to “Answer”"_s, [](PolicyEditor &editor) {
            return replugCommand(editor, {id("g"), u"escalate"_s, id("l")},
                                 {id("g"), u"escalate"_s, id("a")})
                .release();
        });
        row("duplicate", u"Duplicate 2 nodes"_s, [](PolicyEditor &editor) {
            QList<policy::NodeId> copies;
            return duplicateCommand(editor, {id("q"), id("s"), id("g")}, {40, 40}, &copies)
                .release();
        });
        row("policy name", u"Rename the policy to “new”"_s,
            [](PolicyEditor &editor) { return new SetPolicyNameCommand(editor, u"new"_s); });
        row("baseline", u"Make “small” the baseline"_s,
            [](PolicyEditor &editor) { return new SetBaselineCommand(editor, u"small"_s); });
        row("limits", u"Change the limits"_s, [](PolicyEditor &editor) {
            policy::Limits limits;
            limits.maxCost = Money::fromNanos(5);
            return new SetLimitsCommand(editor, limits);
        });
        row("model", u"Change the model “small”"_s, [](PolicyEditor &editor) {
            policy::Model model = *editor.document().model(u"small"_s);
            model.parameters = {{"temperature", 0}};
            return new SetModelCommand(editor, model);
        });
        row("new model", u"Add the model “medium”"_s, [](PolicyEditor &editor) {
            policy::Model model;
            model.name = u"medium"_s;
            return new SetModelCommand(editor, model);
        });
        row("remove model", u"Delete the model “small”"_s,
            [](PolicyEditor &editor) { return new RemoveModelCommand(editor, u"small"_s); });
        row("rename model", u"Rename the model “large” to “huge”"_s, [](PolicyEditor &editor) {
            return renameModelCommand(editor, u"large"_s, u"huge"_s).release();
        });
        row("replace", u"Fix: all"_s, [](PolicyEditor &editor) {
            PolicyDocument document = editor.document();
            document.nodes.removeFirst();
            document.wires.removeFirst();
            return new ReplaceDocumentCommand(editor, document, u"Fix: all"_s);
        });
    }

    void undoRestoresAndRedoRepeats()
    {
        QFETCH(const Make, make);
        QFETCH(const QString, text);
        PolicyEditor editor(test::cascade());
        QUndoStack undo;
        const PolicyDocument before = editor.document();
        QUndoCommand *command = make(editor);
        QCOMPARE(editor.document(), before); // a constructor changes nothing
        undo.push(command);
        QCOMPARE(undo.count(), 1);
        QCOMPARE(undo.undoText(), text);
        const PolicyDocument after = editor.document();
        QVERIFY(after != before);
        undo.undo();
        QCOMPARE(editor.document(), before);
        undo.redo();
        QCOMPARE(editor.document(), after);
    }

    void keyMovesInABurstAreOneStep()
    {
        PolicyEditor editor(test::cascade());
        QUndoStack undo;
        const PolicyDocument before = editor.document();
        const EditTime start = editNow();
        using std::chrono::milliseconds;
        const auto nudge = [&](double x, milliseconds later) {
            undo.push(new MoveNodesCommand(editor, {{id("g"), {x, 0}}},
                                           MoveNodesCommand::Burst::Merge, start + later));
        };
        nudge(460, milliseconds(0));
        nudge(480, milliseconds(900));
        nudge(500, milliseconds(1800));
        QCOMPARE(undo.count(), 1);
        nudge(520, milliseconds(2900)); // after a pause
        QCOMPARE(undo.count(), 2);
        undo.undo();
        QCOMPARE(editor.document().node(id("g"))->at, QPointF(500, 0));
        undo.undo();
        QCOMPARE(editor.document(), before);
    }

    void typingInOneFieldIsOneStepAndAnotherFieldIsItsOwn()
    {
        PolicyEditor editor(test::cascade());
        QUndoStack undo;
        const PolicyDocument before = editor.document();
        const EditTime start = editNow();
        const auto type = [&](const QString &key, const Json &value) {
            undo.push(new SetConfigValueCommand(editor, id("s"), key, value, start));
        };
        type(u"system"_s, "B");
        type(u"system"_s, "Be");
        type(u"retries"_s, 1);
        QCOMPARE(undo.count(), 2);
        undo.undo();
        undo.undo();
        QCOMPARE(editor.document(), before);
    }

    void titlesMergeAndASetTitleThatIsTakenIsDropped()
    {
        PolicyEditor editor(test::cascade());
        QUndoStack undo;
        const EditTime start = editNow();
        undo.push(new SetTitleCommand(editor, id("g"), u"J"_s, start));
        undo.push(new SetTitleCommand(editor, id("g"), u"Judge"_s, start));
        QCOMPARE(undo.count(), 1);
        QCOMPARE(undo.undoText(), u"Rename “Gate 1” to “Judge”"_s);
        undo.push(new SetTitleCommand(editor, id("s"), u"Large"_s, start)); // taken by another
        QCOMPARE(editor.document().node(id("s"))->title, u"Small"_s);
        undo.undo();
        QCOMPARE(editor.document(), test::cascade());
    }

    void copiesHaveTheirOwnNamesAndTheWiresAmongThem()
    {
        PolicyEditor editor(test::cascade());
        QUndoStack undo;
        QList<policy::NodeId> copies;
        undo.push(duplicateCommand(editor, {id("s"), id("g")}, {40, 40}, &copies).release());
        QCOMPARE(copies.size(), 2);
        const PolicyDocument &document = editor.document();
        QCOMPARE(document.node(copies[0])->title, u"Small 2"_s);
        QCOMPARE(document.node(copies[0])->at, QPointF(240, 40));
        QCOMPARE(document.target(copies[0], u"answer"_s), std::optional(copies[1]));
        QVERIFY(!document.target(copies[1], u"accept"_s)); // led out of the copied part
    }

    void theQueryIsNotCopied()
    {
        PolicyEditor editor(test::cascade());
        QList<policy::NodeId> copies;
        QVERIFY(!duplicateCommand(editor, {id("q")}, {40, 40}, &copies));
        QVERIFY(copies.isEmpty());
    }

    void renamedBranchesKeepTheirWires()
    {
        PolicyDocument document = test::cascade();
        policy::Node split;
        split.id = id("x");
        split.kind = u"split"_s;
        split.title = u"Split"_s;
        split.config = {
            {"branches", {{{"name", "a"}, {"weight", 0.5}}, {{"name", "b"}, {"weight", 0.5}}}}};
        document.nodes.append(split);
        document.wires.append({id("x"), u"a"_s, id("s")});
        document.wires.append({id("x"), u"b"_s, id("l")});
        PolicyEditor editor(document);
        QUndoStack undo;
        Json branches = split.config["branches"];
        branches[0]["name"] = "canary";
        undo.push(configCommand(editor, id("x"), u"branches"_s, branches).release());
        QCOMPARE(undo.count(), 1);
        QCOMPARE(editor.document().target(id("x"), u"canary"_s), std::optional(id("s")));
        QVERIFY(!editor.document().target(id("x"), u"a"_s));
        undo.undo();
        QCOMPARE(editor.document(), document);
    }

    void renamingAModelFollowsInNodesAndBaseline()
    {
        PolicyEditor editor(test::cascade());
        QUndoStack undo;
        QVERIFY(!renameModelCommand(editor, u"large"_s, u"small"_s)); // taken
        undo.push(renameModelCommand(editor, u"large"_s, u"huge"_s).release());
        QCOMPARE(editor.document().baseline, u"huge"_s);
        QCOMPARE(jsonString(editor.document().node(id("l"))->config, "model"), u"huge"_s);
        QVERIFY(!editor.document().model(u"large"_s));
    }

    void aThousandRandomEditsUndoToTheFirstDocument()
    {
        PolicyEditor editor(test::cascade());
        QUndoStack undo;
        QRandomGenerator random(7);
        const PolicyDocument before = editor.document();
        for (int edit = 0; edit < 1000; ++edit) {
            const auto &nodes = editor.document().nodes;
            const auto &wires = editor.document().wires;
            const auto any = [&] { return nodes[random.bounded(int(nodes.size()))].id; };
            switch (nodes.isEmpty() ? 0 : random.bounded(6)) {
            case 0:
                undo.push(new AddNodeCommand(editor, freshNode(editor)));
                break;
            case 1:
                undo.push(removeCommand(editor, {any()}, {}).release());
                break;
            case 2:
                undo.push(new MoveNodesCommand(
                    editor, {{any(), QPointF(random.bounded(900), random.bounded(900))}},
                    MoveNodesCommand::Burst::Merge));
                break;
            case 3: {
                const policy::Wire wire{any(), u"escalate"_s, any()};
                if (editor.canConnect(wire))
                    undo.push(new ConnectCommand(editor, wire));
                break;
            }
            case 4:
                if (!wires.isEmpty())
                    undo.push(
                        new DisconnectCommand(editor, wires[random.bounded(int(wires.size()))]));
                break;
            default:
                undo.push(
                    new SetConfigValueCommand(editor, any(), u"threshold"_s, random.bounded(1.0)));
            }
        }
        QVERIFY(undo.count() > 500);
        while (undo.canUndo())
            undo.undo();
        QCOMPARE(editor.document(), before);
    }
};

QTEST_MAIN(TestEditorCommands)
#include "tst_editor_commands.moc"
