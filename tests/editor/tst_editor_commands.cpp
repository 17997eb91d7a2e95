#include "tests/editor/editor_fixture.h"

#include "ui/editor/editor_commands/compound_commands.h"
#include "ui/editor/editor_commands/copy_commands.h"
#include "ui/editor/editor_commands/group_commands.h"
#include "ui/editor/editor_commands/mode_commands.h"
#include "ui/editor/editor_commands/node_commands.h"
#include "ui/editor/editor_commands/policy_commands.h"
#include "ui/editor/editor_commands/rewire_commands.h"
#include "ui/editor/editor_commands/wire_commands.h"

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
            return rewireCommand(editor, {{{id("g"), u"escalate"_s, id("l")},
                                           {id("g"), u"escalate"_s, id("a")}}})
                .release();
        });
        row("duplicate", u"Duplicate 2 nodes"_s, [](PolicyEditor &editor) {
            QList<policy::NodeId> copies;
            return duplicateCommand(editor, {id("q"), id("s"), id("g")}, {40, 40}, &copies)
                .release();
        });
        row("move wires", u"Move 2 wires to “Large”"_s, [](PolicyEditor &editor) {
            return rewireCommand(
                       editor, {{{id("q"), u"query"_s, id("s")}, {id("q"), u"query"_s, id("l")}},
                                {{id("g"), u"accept"_s, id("a")}, {id("s"), u"error"_s, id("l")}}})
                .release();
        });
        row("insert a new node", u"Insert “Gate” between “Small” and “Gate 1”"_s,
            [](PolicyEditor &editor) {
                policy::Node node = freshNode(editor);
                node.title = u"Gate"_s;
                return insertCommand(editor, {id("s"), u"answer"_s, id("g")}, node,
                                     {{id("g"), {640, 0}}, {id("a"), {1140, 0}}})
                    .release();
            });
        row("insert a node of the policy", u"Insert “Large” between “Query” and “Small”"_s,
            [](PolicyEditor &editor) {
                policy::Node node = *editor.document().node(id("l"));
                node.at = {90, 0};
                return insertCommand(editor, {id("q"), u"query"_s, id("s")}, node, {}).release();
            });
        row("delete and reconnect", u"Delete “Gate 1” and reconnect"_s,
            [](PolicyEditor &editor) { return healCommand(editor, {id("g")}).release(); });
        row("delete several and reconnect", u"Delete 2 nodes and reconnect"_s,
            [](PolicyEditor &editor) {
                return healCommand(editor, {id("s"), id("l")}).release();
            });
        row("paste", u"Paste 2 nodes"_s, [](PolicyEditor &editor) {
            Clip clip = clipOf(editor.document(), {id("s"), id("g")});
            clip.models.first().name = u"other"_s;
            QList<policy::NodeId> copies;
            return pasteCommand(editor, clip, {40, 40}, OuterWires::KeepIncoming, &copies)
                .release();
        });
        row("mute", u"Mute “Small”"_s, [](PolicyEditor &editor) {
            return new SetModeCommand(editor, {id("s")}, policy::NodeMode::Muted);
        });
        row("bypass", u"Bypass 2 nodes"_s, [](PolicyEditor &editor) {
            return new SetModeCommand(editor, {id("s"), id("g")}, policy::NodeMode::Bypassed);
        });
        row("group", u"Group 2 nodes"_s, [](PolicyEditor &editor) {
            return groupCommand(editor, {id("s"), id("g")}).release();
        });
        row("policy name", u"Rename the policy to “new”"_s,
            [](PolicyEditor &editor) { return new SetPolicyNameCommand(editor, u"new"_s); });
        row("baseline", u"Make “small” the baseline"_s,
            [](PolicyEditor &editor) { return new SetBaselineCommand(editor, u"small"_s); });
        row("keep texts", u"Keep prompts and answers"_s,
            [](PolicyEditor &editor) { return new SetKeepTextsCommand(editor, true); });
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

    void aRenamedModelKeepsItsPlaceInGroups()
    {
        PolicyDocument document = test::cascade();
        document.nodes[1].config["fallbacks"] = Json::array({"large"});
        document.nodes[1].config["weights"] = Json::array({Json{{"name", "large"}, {"weight", 2}}});
        PolicyEditor editor(document);
        QUndoStack undo;
        undo.push(renameModelCommand(editor, u"large"_s, u"huge"_s).release());
        const Json &config = editor.document().node(id("s"))->config;
        QCOMPARE(config["fallbacks"], Json::array({"huge"}));
        QCOMPARE(config["weights"][0]["name"], Json("huge"));
        QCOMPARE(config["weights"][0]["weight"], Json(2));
        undo.undo();
        QCOMPARE(editor.document(), document);
    }

    void aGroupIsCollapsedRenamedLeftAndDissolved()
    {
        PolicyEditor editor(test::cascade());
        QUndoStack undo;
        undo.push(groupCommand(editor, {id("s"), id("g")}).release());
        const QString first = editor.document().groups.first().id;
        undo.push(collapseGroupCommand(editor, first, true).release());
        QVERIFY(editor.document().groups.first().collapsed);
        QVERIFY(!collapseGroupCommand(editor, first, true));
        undo.push(renameGroupCommand(editor, first, u"Cheap"_s).release());
        QCOMPARE(undo.undoText(), u"Rename the group “Group 1” to “Cheap”"_s);
        undo.push(groupCommand(editor, {id("g"), id("l")}).release()); // takes the gate over
        QCOMPARE(editor.document().groups.size(), 2);
        QCOMPARE(editor.document().groups.first().nodes, QList{id("s")});
        QVERIFY(editor.document().groups.last().id != first);
        undo.push(ungroupCommand(editor, {id("s"), id("l")}).release());
        QVERIFY(editor.document().groups.isEmpty());
        QVERIFY(!ungroupCommand(editor, {id("s")}));
        while (undo.canUndo())
            undo.undo();
        QCOMPARE(editor.document(), test::cascade());
    }

    void copiesOfAWholeGroupAreAGroupOfTheirOwn()
    {
        PolicyEditor editor(test::cascade());
        QUndoStack undo;
        undo.push(groupCommand(editor, {id("s"), id("g")}).release());
        QList<policy::NodeId> copies;
        undo.push(
            duplicateCommand(editor, {id("s"), id("g"), id("l")}, {40, 40}, &copies).release());
        QCOMPARE(editor.document().groups.size(), 2);
        QCOMPARE(editor.document().groups.last().nodes, copies.mid(0, 2));
        undo.push(duplicateCommand(editor, {id("s")}, {40, 40}, &copies).release());
        QCOMPARE(editor.document().groups.size(), 2);
    }

    void aModeIsTakenFromAllOnlyWhereAllHaveIt()
    {
        using policy::NodeMode;
        PolicyEditor editor(test::cascade());
        QUndoStack undo;
        editor.setMode(id("s"), NodeMode::Muted);
        undo.push(toggleModeCommand(editor, {id("s"), id("l")}, NodeMode::Muted)->release());
        QCOMPARE(editor.document().node(id("l"))->mode, NodeMode::Muted);
        undo.push(toggleModeCommand(editor, {id("s"), id("l")}, NodeMode::Muted)->release());
        QCOMPARE(editor.document().node(id("s"))->mode, NodeMode::Active);
        undo.undo();
        undo.undo();
        QCOMPARE(editor.document().node(id("s"))->mode, NodeMode::Muted);
        QCOMPARE(editor.document().node(id("l"))->mode, NodeMode::Active);
        QVERIFY(!toggleModeCommand(editor, {id("l"), id("a")}, NodeMode::Bypassed));
    }

    void wiresThatNobodyCouldDrawComeBack()
    {
        PolicyDocument odd = test::cascade();
        odd.wires.prepend({id("s"), u"gone"_s, id("a")});   // a port that the node has no longer
        odd.wires.prepend({id("a"), u"answer"_s, id("s")}); // a circle, from a node without ports
        PolicyEditor editor(odd);
        QUndoStack undo;
        undo.push(removeCommand(editor, {id("s"), id("a")}, {}).release());
        undo.undo();
        QCOMPARE(editor.document(), odd);
        undo.push(removeCommand(editor, {}, {odd.wires[0], odd.wires[1]}).release());
        undo.undo();
        QCOMPARE(editor.document(), odd);
    }

    void aFieldThatStoodThereAsNullComesBackAsNull()
    {
        PolicyDocument odd = test::cascade();
        odd.nodes[1].config["system"] = nullptr;
        PolicyEditor editor(odd);
        QUndoStack undo;
        undo.push(new SetConfigValueCommand(editor, id("s"), u"system"_s, "Be brief."));
        undo.undo();
        QCOMPARE(editor.document(), odd);
    }
};

QTEST_MAIN(TestEditorCommands)
#include "tst_editor_commands.moc"
