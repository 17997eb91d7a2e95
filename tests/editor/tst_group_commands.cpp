#include "tests/editor/editor_fixture.h"

#include "ui/editor/editor_commands/compound_commands.h"
#include "ui/editor/editor_commands/group_commands.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::ui;
using policy::Group;
using policy::PolicyDocument;
using policy::PolicyEditor;
using test::id;

namespace {

using Make = std::function<QUndoCommand *(PolicyEditor &)>;

PolicyDocument grouped()
{
    PolicyDocument document = test::cascade();
    document.groups = {{.id = u"g1"_s, .title = u"First stage"_s, .nodes = {id("s"), id("g")}},
                       {.id = u"g2"_s, .title = u"Last stage"_s, .nodes = {id("l")}}};
    return document;
}

} // namespace

Q_DECLARE_METATYPE(Make)

class TestGroupCommands final : public QObject
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
        row("group", u"Group 2 nodes"_s, [](PolicyEditor &editor) {
            return groupCommand(editor, {id("a"), id("q")}).release();
        });
        row("group across groups", u"Group 2 nodes"_s, [](PolicyEditor &editor) {
            return groupCommand(editor, {id("g"), id("l")}).release();
        });
        row("ungroup", u"Ungroup “First stage”"_s,
            [](PolicyEditor &editor) { return ungroupCommand(editor, {id("g")}).release(); });
        row("ungroup several", u"Ungroup 2 groups"_s, [](PolicyEditor &editor) {
            return ungroupCommand(editor, {id("g"), id("l")}).release();
        });
        row("rename", u"Rename the group “Last stage” to “Spare”"_s, [](PolicyEditor &editor) {
            return renameGroupCommand(editor, u"g2"_s, u"Spare"_s).release();
        });
        row("collapse", u"Collapse “First stage”"_s, [](PolicyEditor &editor) {
            return collapseGroupCommand(editor, u"g1"_s, true).release();
        });
        row("remove a member", u"Delete “Large”"_s,
            [](PolicyEditor &editor) { return removeCommand(editor, {id("l")}, {}).release(); });
    }

    void undoRestoresAndRedoRepeats()
    {
        QFETCH(const Make, make);
        QFETCH(const QString, text);
        PolicyEditor editor(grouped());
        QUndoStack undo;
        undo.push(make(editor));
        QCOMPARE(undo.undoText(), text);
        const PolicyDocument after = editor.document();
        QVERIFY(after != grouped());
        undo.undo();
        QCOMPARE(editor.document(), grouped());
        undo.redo();
        QCOMPARE(editor.document(), after);
    }

    void aNewGroupHasAFreeTitleAndTakesItsNodesFromOthers()
    {
        PolicyEditor editor(grouped());
        QUndoStack undo;
        undo.push(groupCommand(editor, {id("l"), id("g")}).release());
        const QList<Group> &groups = editor.document().groups;
        QCOMPARE(groups.size(), 2); // the last stage has no node left
        QCOMPARE(groups[0].nodes, QList{id("s")});
        QCOMPARE(groups[1].title, u"Group 3"_s); // “g1” and “g2” are ids already
        QCOMPARE(groups[1].nodes, (QList{id("g"), id("l")}));
    }

    void thereIsNoStepWhereNothingWouldChange()
    {
        PolicyEditor editor(grouped());
        QVERIFY(!groupCommand(editor, {}));
        QVERIFY(!groupCommand(editor, {id("g"), id("s")})); // they are one already
        QVERIFY(!ungroupCommand(editor, {id("q")}));
        QVERIFY(!renameGroupCommand(editor, u"g1"_s, u"First stage"_s));
        QVERIFY(!renameGroupCommand(editor, u"nowhere"_s, u"x"_s));
        QVERIFY(!collapseGroupCommand(editor, u"g1"_s, false));
    }
};

QTEST_GUILESS_MAIN(TestGroupCommands)
#include "tst_group_commands.moc"
