#include "tests/editor/editor_fixture.h"

#include "core/policy/policy_format.h"
#include "ui/common/theme.h"
#include "ui/editor/arrange.h"
#include "ui/editor/editor_commands/compound_commands.h"
#include "ui/editor/editor_commands/copy_commands.h"
#include "ui/editor/editor_commands/fresh_names.h"
#include "ui/editor/editor_commands/group_commands.h"
#include "ui/editor/editor_commands/mode_commands.h"
#include "ui/editor/editor_commands/node_commands.h"
#include "ui/editor/editor_commands/policy_commands.h"
#include "ui/editor/editor_commands/rewire_commands.h"
#include "ui/editor/editor_commands/wire_commands.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/tidy_up.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::ui;
using policy::NodeId;
using policy::PolicyDocument;
using policy::PolicyEditor;
using policy::Wire;

namespace {

constexpr int kEdits = 5000;
constexpr qsizetype kMostNodes = 40; // deleting keeps the policy about as large

// Pushes commands of every kind, drawn by lot, as a user could give them at this document.
class RandomUser
{
public:
    RandomUser(PolicyEditor &editor, QUndoStack &undo, PolicyScene &scene, quint32 seed)
        : m_editor(editor)
        , m_undo(undo)
        , m_scene(scene)
        , m_random(seed)
    {
    }

    static constexpr int kKinds = 22;

    void edit(int kind)
    {
        const auto &nodes = document().nodes;
        if (nodes.size() < 4 || kind == 0)
            push(addCommand(m_editor, newNode()));
        else if (nodes.size() > kMostNodes)
            push(removeCommand(m_editor, some(6), {}));
        else
            editNodes(kind);
    }

private:
    const PolicyDocument &document() const { return m_editor.document(); }
    int below(qsizetype bound) { return m_random.bounded(int(bound)); }
    NodeId anyNode() { return document().nodes[below(document().nodes.size())].id; }
    QPointF anyPlace() { return {double(below(1200)), double(below(900))}; }
    void push(std::unique_ptr<QUndoCommand> command)
    {
        if (command)
            m_undo.push(command.release());
    }

    QList<NodeId> some(int most)
    {
        QList<NodeId> nodes;
        for (int i = 1 + below(most); i > 0; --i) {
            if (const NodeId node = anyNode(); !nodes.contains(node))
                nodes.append(node);
        }
        return nodes;
    }

    policy::Node newNode()
    {
        static const QStringList kinds{u"gate"_s,  u"model"_s, u"split"_s,      u"rule"_s,
                                       u"cache"_s, u"note"_s,  u"classifier"_s, u"answer"_s};
        policy::Node node;
        node.id = m_editor.freeId();
        node.kind = kinds[below(kinds.size())];
        node.title = m_editor.freeTitle(node.kind);
        node.config = policy::defaultConfig(*policy::nodeKind(node.kind));
        node.at = anyPlace();
        return FreshNames(document()).seeded(node);
    }

    Wire anyNewWire()
    {
        const NodeId from = anyNode();
        const QList<policy::Port> ports = policy::outPorts(*document().node(from), document());
        return {from, ports.isEmpty() ? u"none"_s : ports[below(ports.size())].name, anyNode()};
    }

    void editNodes(int kind)
    {
        switch (kind) {
        case 1:
            return push(removeCommand(m_editor, some(2), {}));
        case 2:
            return push(healCommand(m_editor, some(2)));
        case 3:
            return push(std::make_unique<MoveNodesCommand>(
                m_editor, QList<NodeMove>{{anyNode(), anyPlace()}},
                below(2) ? MoveNodesCommand::Burst::Merge : MoveNodesCommand::Burst::Single));
        case 4:
            return push(std::make_unique<SetTitleCommand>(
                m_editor, anyNode(), u"Title %1"_s.arg(below(20)))); // often taken
        case 5:
            return setModes();
        case 6:
            return push(groupCommand(m_editor, some(4)));
        case 7:
            return push(ungroupCommand(m_editor, some(1)));
        case 8:
            return editGroup();
        case 9:
            return duplicate();
        case 10:
            return paste();
        case 11:
            return arrange();
        case 12:
            return tidy();
        default:
            return editWires(kind);
        }
    }

    void editWires(int kind)
    {
        const auto &wires = document().wires;
        switch (kind) {
        case 13:
        case 14:
            if (const Wire wire = anyNewWire(); m_editor.canConnect(wire))
                push(std::make_unique<ConnectCommand>(m_editor, wire));
            return;
        case 15:
            if (!wires.isEmpty())
                push(std::make_unique<DisconnectCommand>(m_editor, wires[below(wires.size())]));
            return;
        case 16:
            return insert();
        case 17:
            return rewire();
        default:
            return editSettings(kind);
        }
    }

    void editSettings(int kind)
    {
        switch (kind) {
        case 18:
            return setConfig();
        case 19:
            return setModels();
        case 20: {
            policy::Limits limits;
            limits.maxCost = Money::fromNanos(below(1000));
            return push(std::make_unique<SetLimitsCommand>(m_editor, limits));
        }
        default:
            push(std::make_unique<SetPolicyNameCommand>(m_editor, u"p%1"_s.arg(below(9))));
            return push(std::make_unique<SetBaselineCommand>(m_editor, u"m%1"_s.arg(below(4))));
        }
    }

    void setModes()
    {
        const auto mode = below(2) ? policy::NodeMode::Muted : policy::NodeMode::Bypassed;
        if (auto command = toggleModeCommand(m_editor, some(3), mode))
            push(std::move(*command));
    }

    void editGroup()
    {
        const auto &groups = document().groups;
        if (groups.isEmpty())
            return;
        const policy::Group &group = groups[below(groups.size())];
        const QString id = group.id;
        if (below(2))
            push(collapseGroupCommand(m_editor, id, !group.collapsed));
        else
            push(renameGroupCommand(m_editor, id, u"Group %1"_s.arg(below(30))));
    }

    void duplicate()
    {
        QList<NodeId> copies;
        push(duplicateCommand(m_editor, some(3), {40, 40}, &copies));
    }

    void paste()
    {
        if (!m_clip.isEmpty() && below(2)) {
            const auto outer = below(2) ? OuterWires::KeepIncoming : OuterWires::Drop;
            QList<NodeId> copies;
            push(pasteCommand(m_editor, *readClip(m_clip), anyPlace(), outer, &copies));
        } else {
            Clip clip = clipOf(document(), some(4));
            policy::Model model;
            model.name = u"m%1"_s.arg(below(6));
            clip.models.append(model);
            m_clip = clipText(clip);
        }
    }

    void arrange()
    {
        QList<PlacedCard> cards;
        for (const NodeId &node : some(5))
            cards.append({node, QRectF(document().node(node)->at, QSizeF(180, 80))});
        const QList<NodeMove> moves =
            below(2) ? aligned(cards, Alignment(below(6))) : distributed(cards, Qt::Horizontal);
        if (!moves.isEmpty())
            push(std::make_unique<MoveNodesCommand>(m_editor, moves,
                                                    MoveNodesCommand::Burst::Single));
    }

    void tidy()
    {
        if (below(8) == 0)
            TidyUp(m_editor, m_undo, m_scene).start(some(12));
    }

    void insert()
    {
        const auto &wires = document().wires;
        const policy::Node node = newNode();
        if (!wires.isEmpty() && fitsIntoWire(node))
            push(insertCommand(m_editor, wires[below(wires.size())], node,
                               {{anyNode(), anyPlace()}}));
    }

    void rewire()
    {
        const auto &wires = document().wires;
        if (wires.isEmpty())
            return;
        const Wire before = wires[below(wires.size())];
        Wire after = before;
        if (below(2))
            after.to = anyNode();
        else
            after = {anyNewWire().from, anyNewWire().port, before.to};
        if (m_editor.canConnect(after))
            push(rewireCommand(m_editor, {{before, after}}));
    }

    // Ports come and go with branches; wires of those that went stay in the document.
    void setConfig()
    {
        const NodeId node = anyNode();
        if (document().node(node)->kind != "split"_L1)
            return push(configCommand(m_editor, node, u"threshold"_s, m_random.bounded(1.0)));
        Json branches = Json::array();
        for (int i = 1 + below(3); i > 0; --i)
            branches.push_back({{"name", std::string(1, char('a' + below(4)))}, {"weight", 1}});
        push(configCommand(m_editor, node, u"branches"_s, branches));
    }

    void setModels()
    {
        const auto &models = document().models;
        policy::Model model;
        model.name = u"m%1"_s.arg(below(6));
        model.provider = u"p%1"_s.arg(below(3));
        const int lot = below(3);
        if (lot == 0 && models.size() > 2)
            push(std::make_unique<RemoveModelCommand>(m_editor, models[below(models.size())].name));
        else if (lot == 1 && !models.isEmpty())
            push(renameModelCommand(m_editor, models[below(models.size())].name, model.name));
        else
            push(std::make_unique<SetModelCommand>(m_editor, model));
    }

    PolicyEditor &m_editor;
    QUndoStack &m_undo;
    PolicyScene &m_scene;
    QRandomGenerator m_random;
    QByteArray m_clip;
};

} // namespace

class TestRandomEdits final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fiveThousandEditsUndoAndRedoToTheSameBytes_data()
    {
        QTest::addColumn<quint32>("seed");
        for (const quint32 seed : {7U, 11U})
            QTest::addRow("%u", seed) << seed;
    }

    void fiveThousandEditsUndoAndRedoToTheSameBytes()
    {
        QFETCH(const quint32, seed);
        const Theme theme;
        PolicyEditor editor(test::cascade());
        QUndoStack undo;
        PolicyScene scene(editor, theme); // follows every step, too
        RandomUser user(editor, undo, scene, seed);
        QRandomGenerator lots(seed + 1);
        const QByteArray before = policy::formatPolicy(editor.document());
        QList<int> byKind(RandomUser::kKinds, 0);
        for (int edit = 0; edit < kEdits; ++edit) {
            const int kind = lots.bounded(RandomUser::kKinds);
            const int index = undo.index();
            user.edit(kind);
            byKind[kind] += undo.index() - index;
        }
        for (int kind = 0; kind < RandomUser::kKinds; ++kind)
            QVERIFY2(byKind[kind] > 5, qPrintable(u"kind %1"_s.arg(kind)));
        QVERIFY(undo.count() > kEdits / 2);
        const QByteArray after = policy::formatPolicy(editor.document());
        const PolicyDocument document = editor.document();
        while (undo.canUndo())
            undo.undo();
        QCOMPARE(policy::formatPolicy(editor.document()), before);
        QCOMPARE(editor.document(), test::cascade());
        while (undo.canRedo())
            undo.redo();
        QCOMPARE(policy::formatPolicy(editor.document()), after);
        QCOMPARE(editor.document(), document);
        QCOMPARE(scene.nodeItems().size(), document.nodes.size());
    }
};

QTEST_MAIN(TestRandomEdits)
#include "tst_random_edits.moc"
