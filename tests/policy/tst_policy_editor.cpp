#include "core/policy/policy_editor.h"
#include "core/policy/policy_format.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace headgate;
using namespace headgate::policy;
using namespace Qt::StringLiterals;

namespace {

NodeId id(const char *text)
{
    return {QString::fromLatin1(text)};
}

Wire wire(const char *from, const char *port, const char *to)
{
    return {id(from), QString::fromLatin1(port), id(to)};
}

Node node(const char *name, const char *kind)
{
    return {.id = id(name), .kind = QString::fromLatin1(kind)};
}

// q → m1 → g; g accepts to a and escalates to m2 → a.
PolicyDocument cascade()
{
    PolicyDocument document;
    document.nodes = {node("q", "query"), node("m1", "model"), node("g", "gate"),
                      node("m2", "model"), node("a", "answer")};
    document.nodes[1].title = u"Small"_s;
    document.nodes[2].title = u"Gate 1"_s;
    document.nodes[3].title = u"Large"_s;
    document.wires = {wire("q", "query", "m1"), wire("m1", "answer", "g"), wire("g", "accept", "a"),
                      wire("g", "escalate", "m2"), wire("m2", "answer", "a")};
    document.models = {{.name = u"Large"_s}, {.name = u"Small"_s}};
    return document;
}

// Writes down every signal, in order.
class Journal
{
public:
    explicit Journal(PolicyEditor &editor)
    {
        const auto onNode = [&](auto signal, const char *what) {
            QObject::connect(&editor, signal, &m_context, [this, what](const NodeId &node) {
                m_lines.append(QString::fromLatin1(what) + u' ' + node.value);
            });
        };
        const auto onWire = [&](auto signal, const char *what) {
            QObject::connect(&editor, signal, &m_context, [this, what](const Wire &wire) {
                m_lines.append(u"%1 %2.%3>%4"_s.arg(QString::fromLatin1(what), wire.from.value,
                                                    wire.port, wire.to.value));
            });
        };
        const auto onAny = [&](auto signal, const char *what) {
            QObject::connect(&editor, signal, &m_context,
                             [this, what] { m_lines.append(QString::fromLatin1(what)); });
        };
        onNode(&PolicyEditor::nodeAdded, "+node");
        onNode(&PolicyEditor::nodeRemoved, "-node");
        onNode(&PolicyEditor::nodeMoved, "moved");
        onNode(&PolicyEditor::nodeChanged, "node");
        onWire(&PolicyEditor::wireAdded, "+wire");
        onWire(&PolicyEditor::wireRemoved, "-wire");
        onAny(&PolicyEditor::modelsChanged, "models");
        onAny(&PolicyEditor::settingsChanged, "settings");
        onAny(&PolicyEditor::documentReplaced, "replaced");
        onAny(&PolicyEditor::changed, "changed");
    }

    QString take() { return std::exchange(m_lines, {}).join(u", "_s); }

private:
    QObject m_context;
    QStringList m_lines;
};

// One random edit of an editor, and what takes it back; empty where the editor refused it.
std::function<void()> randomEdit(PolicyEditor &editor, QRandomGenerator &random)
{
    const PolicyDocument &document = editor.document();
    const auto anyNode = [&] {
        return document.nodes[random.bounded(int(document.nodes.size()))].id;
    };
    const auto text = [&] { return QString::number(random.bounded(50)); };
    if (document.nodes.isEmpty() || random.bounded(10) == 0) {
        const NodeKind &kind = nodeKinds()[random.bounded(int(nodeKinds().size()))];
        const NodeId added = editor.freeId();
        const Node fresh{.id = added,
                         .kind = kind.id,
                         .title = editor.freeTitle(kind.id),
                         .config = defaultConfig(kind)};
        if (!editor.addNode(fresh, random.bounded(int(document.nodes.size()) + 2) - 1))
            return {};
        return [&editor, added] { editor.removeNode(added); };
    }
    const NodeId at = anyNode();
    switch (random.bounded(10)) {
    case 0: {
        const RemovedNode removed = editor.removeNode(at);
        return [&editor, removed] { editor.restoreNode(removed); };
    }
    case 1: {
        const QPointF former = editor.moveNode(at, QPointF(random.bounded(500), random.bounded(9)));
        return [&editor, at, former] { editor.moveNode(at, former); };
    }
    case 2: {
        const auto former = editor.setTitle(at, text());
        if (!former)
            return {};
        return [&editor, at, former] { QVERIFY(editor.setTitle(at, *former)); };
    }
    case 3: {
        const QString key = u"k"_s + QString::number(random.bounded(4));
        const Json former = editor.setConfigValue(
            at, key, random.bounded(3) == 0 ? Json() : Json(toStdString(text())));
        return [&editor, at, key, former] { editor.setConfigValue(at, key, former); };
    }
    case 4: {
        if (document.wires.isEmpty())
            return {};
        const Wire gone = document.wires[random.bounded(int(document.wires.size()))];
        const qsizetype place = editor.disconnect(gone);
        return [&editor, gone, place] { QVERIFY(editor.connect(gone, place)); };
    }
    case 5: {
        const QString former = editor.setBaseline(text());
        return [&editor, former] { editor.setBaseline(former); };
    }
    case 6: {
        const Limits former = editor.setLimits({.maxCost = Money::fromNanos(random.bounded(9))});
        return [&editor, former] { editor.setLimits(former); };
    }
    case 7: {
        const Model model{.name = u"M"_s + QString::number(random.bounded(5)), .provider = text()};
        const Model *known = document.model(model.name);
        const std::optional<Model> former = known ? std::optional(*known) : std::nullopt;
        if (!editor.setModel(model))
            return {};
        return [&editor, former, model] {
            if (former)
                QVERIFY(editor.setModel(*former));
            else
                editor.removeModel(model.name);
        };
    }
    default: {
        const auto ports = outPorts(*document.node(at), document);
        if (ports.isEmpty())
            return {};
        const Wire drawn{at, ports[random.bounded(int(ports.size()))].name, anyNode()};
        const auto displaced =
            editor.connect(drawn, random.bounded(int(document.wires.size()) + 1));
        if (!displaced)
            return {};
        return [&editor, drawn, former = *displaced] {
            if (former)
                QVERIFY(editor.connect(*former));
            else
                editor.disconnect(drawn);
        };
    }
    }
}

} // namespace

class TestPolicyEditor final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void setsAModeAndSaysSoOnce()
    {
        PolicyEditor editor(cascade());
        QSignalSpy changed(&editor, &PolicyEditor::nodeChanged);
        QCOMPARE(editor.setMode(id("m2"), NodeMode::Muted), NodeMode::Active);
        QCOMPARE(editor.setMode(id("m2"), NodeMode::Muted), NodeMode::Muted);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(editor.document().node(id("m2"))->mode, NodeMode::Muted);
    }

    void aGroupLosesARemovedNodeAndGetsItBackInItsPlace()
    {
        PolicyEditor editor(cascade());
        const QList<Group> groups{{.id = u"g1"_s, .nodes = {id("q")}},
                                  {.id = u"g2"_s, .nodes = {id("m2"), id("g"), id("m1")}}};
        editor.setGroups(groups);
        const PolicyDocument before = editor.document();
        QSignalSpy changed(&editor, &PolicyEditor::groupsChanged);
        const RemovedNode gate = editor.removeNode(id("g"));
        const RemovedNode query = editor.removeNode(id("q"));
        QCOMPARE(editor.document().groups.size(), 1); // a group goes with its last node
        QCOMPARE(editor.document().groups[0].nodes, QList<NodeId>({id("m2"), id("m1")}));
        QVERIFY(!editor.document().groupOf(id("q")));
        editor.restoreNode(query);
        editor.restoreNode(gate);
        QCOMPARE(editor.document(), before);
        QCOMPARE(editor.document().groupOf(id("g"))->id, u"g2"_s);
        QCOMPARE(changed.size(), 4);
    }

    void aNodeIsInOneGroupOnly()
    {
        PolicyEditor editor(cascade());
        QVERIFY(editor
                    .setGroups({{.id = u"g1"_s, .nodes = {id("q"), id("gone")}},
                                {.id = u"g2"_s, .nodes = {id("q")}}})
                    .isEmpty());
        const QList<Group> sound{{.id = u"g1"_s, .nodes = {id("q")}}};
        QCOMPARE(editor.document().groups, sound);
    }

    void replacesPinsAndReturnsTheFormer()
    {
        PolicyEditor editor(cascade());
        QSignalSpy changed(&editor, &PolicyEditor::pinsChanged);
        const QList<RoutePin> pins{{.id = u"p1"_s, .path = {{id("q"), u"query"_s}}}};
        QVERIFY(editor.setPins(pins).isEmpty());
        QCOMPARE(editor.setPins({}), pins);
        QCOMPARE(changed.size(), 2);
    }

    void addsAndRemovesNodes()
    {
        PolicyEditor editor(cascade());
        Journal journal(editor);
        QVERIFY(editor.addNode(node("x", "gate"), 1));
        QCOMPARE(journal.take(), u"+node x, changed"_s);
        QCOMPARE(editor.document().nodes[1].id, id("x"));
        const RemovedNode removed = editor.removeNode(id("x"));
        QCOMPARE(removed.index, 1);
        QCOMPARE(journal.take(), u"-node x, changed"_s);
        QCOMPARE(editor.document(), cascade());
    }

    void refusesNodesThatAreNotUnique()
    {
        PolicyEditor editor(cascade());
        Journal journal(editor);
        const auto sameId = editor.addNode(node("g", "gate"));
        QVERIFY(!sameId);
        QVERIFY(sameId.error().message.contains(u"“g”"_s));
        QVERIFY(!editor.addNode(node("", "gate")));
        Node sameTitle = node("x", "gate");
        sameTitle.title = u"Gate 1"_s;
        QVERIFY(!editor.addNode(sameTitle));
        const auto renamed = editor.setTitle(id("m1"), u"Large"_s);
        QVERIFY(!renamed);
        QVERIFY(renamed.error().message.contains(u"“Large”"_s));
        QCOMPARE(journal.take(), QString());
        QCOMPARE(editor.document(), cascade());
    }

    void removesANodeWithItsWiresAndPutsAllBack()
    {
        PolicyEditor editor(cascade());
        Journal journal(editor);
        const RemovedNode removed = editor.removeNode(id("g"));
        QCOMPARE(journal.take(),
                 u"-wire m1.answer>g, -wire g.accept>a, -wire g.escalate>m2, -node g, changed"_s);
        QCOMPARE(removed.wires.size(), 3);
        QCOMPARE(removed.wires[0].first, 1);
        QCOMPARE(editor.document().wires.size(), 2);
        editor.restoreNode(removed);
        QCOMPARE(journal.take(),
                 u"+node g, +wire m1.answer>g, +wire g.accept>a, +wire g.escalate>m2, changed"_s);
        QCOMPARE(editor.document(), cascade());
    }

    void removesANodeNamedByItsOwnId()
    {
        PolicyEditor editor(cascade());
        QSignalSpy gone(&editor, &PolicyEditor::nodeRemoved);
        editor.removeNode(editor.document().nodes[2].id);
        QCOMPARE(gone.size(), 1);
        QCOMPARE(gone[0][0].value<NodeId>(), id("g"));
    }

    void settersReturnTheFormerValueAndStaySilentWithoutAChange()
    {
        PolicyEditor editor(cascade());
        Journal journal(editor);
        QCOMPARE(editor.moveNode(id("g"), {20, 40}), QPointF(0, 0));
        QCOMPARE(editor.moveNode(id("g"), {20, 40}), QPointF(20, 40));
        QCOMPARE(journal.take(), u"moved g, changed"_s);
        QCOMPARE(*editor.setTitle(id("g"), u"Check"_s), u"Gate 1"_s);
        QCOMPARE(*editor.setTitle(id("g"), u"Check"_s), u"Check"_s);
        QCOMPARE(journal.take(), u"node g, changed"_s);
        QCOMPARE(editor.setConfigValue(id("g"), u"threshold"_s, 0.6), Json());
        QCOMPARE(editor.setConfigValue(id("g"), u"threshold"_s, 0.6), Json(0.6));
        QCOMPARE(journal.take(), u"node g, changed"_s);
        QCOMPARE(editor.setConfigValue(id("g"), u"threshold"_s, {}), Json(0.6));
        QCOMPARE(editor.document().node(id("g"))->config, Json::object());
        QCOMPARE(journal.take(), u"node g, changed"_s);
        QCOMPARE(editor.setConfig(id("g"), {{"a", 1}}), Json::object());
        QCOMPARE(journal.take(), u"node g, changed"_s);
        QCOMPARE(editor.setName(u"support"_s), QString());
        QCOMPARE(editor.setBaseline(u"Large"_s), QString());
        QCOMPARE(editor.setBaseline(u"Large"_s), u"Large"_s);
        QCOMPARE(editor.setLimits({.maxCost = Money::fromNanos(5)}), Limits());
        QCOMPARE(journal.take(), u"settings, changed, settings, changed, settings, changed"_s);
    }

    void modelsStaySortedByName()
    {
        PolicyEditor editor(cascade());
        Journal journal(editor);
        QVERIFY(editor.setModel({.name = u"Middle"_s, .provider = u"p"_s}));
        QCOMPARE(editor.document().models[1].name, u"Middle"_s);
        QVERIFY(editor.setModel({.name = u"Middle"_s, .provider = u"other"_s}));
        QCOMPARE(editor.document().models.size(), 3);
        QCOMPARE(editor.document().models[1].provider, u"other"_s);
        QVERIFY(!editor.setModel({}));
        editor.removeModel(u"Middle"_s);
        editor.removeModel(u"Middle"_s);
        QCOMPARE(journal.take(), u"models, changed, models, changed, models, changed"_s);
        QCOMPARE(editor.document(), cascade());
    }

    void wiresWhatMayBeWired()
    {
        PolicyEditor editor(cascade());
        Journal journal(editor);
        const auto drawn = editor.connect(wire("m1", "error", "m2"), 1);
        QVERIFY(drawn && !*drawn);
        QCOMPARE(editor.document().wires[1], wire("m1", "error", "m2"));
        QCOMPARE(journal.take(), u"+wire m1.error>m2, changed"_s);
        QCOMPARE(editor.disconnect(wire("m1", "error", "m2")), 1);
        QCOMPARE(journal.take(), u"-wire m1.error>m2, changed"_s);
        QCOMPARE(editor.disconnect(wire("m1", "error", "m2")), -1);
        QCOMPARE(journal.take(), QString());
        QCOMPARE(editor.document(), cascade());
    }

    void aSecondWireOfAPortTakesThePlaceOfTheFirst()
    {
        PolicyEditor editor(cascade());
        Journal journal(editor);
        const auto drawn = editor.connect(wire("g", "accept", "m2"));
        QCOMPARE(**drawn, wire("g", "accept", "a"));
        QCOMPARE(editor.document().wires[2], wire("g", "accept", "m2"));
        QCOMPARE(journal.take(), u"-wire g.accept>a, +wire g.accept>m2, changed"_s);
        const auto same = editor.connect(wire("g", "accept", "m2"));
        QCOMPARE(**same, wire("g", "accept", "m2"));
        QCOMPARE(journal.take(), QString());
        QVERIFY(editor.connect(**drawn));
        QCOMPARE(editor.document(), cascade());
    }

    void refusesWiresWithTheReason_data()
    {
        QTest::addColumn<Wire>("wire");
        QTest::addColumn<QString>("reason");
        QTest::addRow("from nowhere") << wire("x", "answer", "g") << u"no node “x”"_s;
        QTest::addRow("to nowhere") << wire("m1", "error", "x") << u"no node “x”"_s;
        QTest::addRow("no such port") << wire("g", "maybe", "a") << u"Gate 1 has no port “maybe”"_s;
        QTest::addRow("from an answer") << wire("a", "out", "g") << u"no port"_s;
        QTest::addRow("to itself") << wire("m1", "error", "m1") << u"Small to itself"_s;
        QTest::addRow("into the query") << wire("m1", "error", "q") << u"Queries start at"_s;
        QTest::addRow("cycle") << wire("m2", "error", "m1") << u"Small leads to Large already"_s;
    }

    void refusesWiresWithTheReason()
    {
        QFETCH(const Wire, wire);
        QFETCH(const QString, reason);
        PolicyEditor editor(cascade());
        Journal journal(editor);
        const auto allowed = editor.canConnect(wire);
        QVERIFY(!allowed);
        QVERIFY2(allowed.error().message.contains(reason), qPrintable(allowed.error().message));
        QVERIFY(!editor.connect(wire));
        QCOMPARE(journal.take(), QString());
        QCOMPARE(editor.document(), cascade());
    }

    void cyclesAreJudgedByTheWiresOfNow()
    {
        PolicyEditor editor(cascade());
        const Wire back = wire("m2", "error", "m1");
        QVERIFY(!editor.canConnect(back));
        editor.disconnect(wire("g", "escalate", "m2"));
        QVERIFY(editor.canConnect(back));
        QVERIFY(editor.connect(wire("g", "escalate", "m2")));
        QVERIFY(!editor.canConnect(back));
        const RemovedNode gate = editor.removeNode(id("g"));
        QVERIFY(editor.canConnect(back));
        editor.restoreNode(gate);
        QVERIFY(!editor.canConnect(back));
        PolicyDocument apart = cascade();
        apart.wires.clear();
        editor.setDocument(apart);
        QVERIFY(editor.canConnect(back));
    }

    void freeNamesAreFree()
    {
        PolicyDocument document = cascade();
        document.nodes.append(node("n7", "model"));
        document.wires.append(wire("n7", "error", "n12")); // dangling: its name is taken, too
        PolicyEditor editor(document);
        QCOMPARE(editor.freeId(), id("n13"));
        QCOMPARE(editor.freeTitle(u"gate"_s), u"Gate 2"_s);
        QCOMPARE(editor.freeTitle(u"model"_s), u"Model 1"_s);
        QCOMPARE(editor.freeTitle(u"answer"_s), u"Answer"_s);
        QVERIFY(editor.setTitle(id("a"), u"Answer"_s));
        QCOMPARE(editor.freeTitle(u"answer"_s), u"Answer 2"_s);
        QCOMPARE(editor.freeTitle(u"teleport"_s), u"teleport 1"_s);
    }

    void problemsFollowTheDocument()
    {
        PolicyEditor editor(cascade());
        const auto has = [&](const QString &code) {
            return std::any_of(editor.problems().begin(), editor.problems().end(),
                               [&](const Problem &problem) { return problem.code == code; });
        };
        QVERIFY(!has(u"port-not-wired"_s));
        editor.disconnect(wire("m2", "answer", "a"));
        QVERIFY(has(u"port-not-wired"_s));
        QCOMPARE(&editor.problems(), &editor.problems());
        QVERIFY(editor.connect(wire("m2", "answer", "a")));
        QVERIFY(!has(u"port-not-wired"_s));
        QVERIFY(!has(u"field-range"_s));
        editor.setConfigValue(id("g"), u"threshold"_s, 7);
        QVERIFY(has(u"field-range"_s));
    }

    void replacesTheWholeDocument()
    {
        PolicyEditor editor(cascade());
        Journal journal(editor);
        QCOMPARE(editor.setDocument({}), cascade());
        QCOMPARE(journal.take(), u"replaced, changed"_s);
        QCOMPARE(editor.problems()[0].code, u"empty-policy"_s);
    }

    void randomEditsAndTheirInversesRestoreTheSameBytes()
    {
        QRandomGenerator random(4711);
        PolicyEditor editor(cascade());
        const QByteArray start = formatPolicy(editor.document());
        std::vector<std::function<void()>> undo;
        std::vector<QByteArray> states;
        int edits = 0;
        while (edits < 2000) {
            const QByteArray before = formatPolicy(editor.document());
            auto inverse = randomEdit(editor, random);
            ++edits;
            if (!inverse) {
                QCOMPARE(formatPolicy(editor.document()), before);
                continue;
            }
            undo.push_back(std::move(inverse));
            states.push_back(before);
        }
        QVERIFY(undo.size() > 1000);
        for (const Problem &problem : editor.problems())
            QVERIFY2(problem.code != u"cycle"_s && problem.code != u"dangling-wire"_s &&
                         problem.code != u"port-wired-twice"_s,
                     qPrintable(problem.sentence));
        while (!undo.empty()) {
            undo.back()();
            QCOMPARE(formatPolicy(editor.document()), states.back());
            undo.pop_back();
            states.pop_back();
        }
        QCOMPARE(formatPolicy(editor.document()), start);
    }
};

QTEST_GUILESS_MAIN(TestPolicyEditor)
#include "tst_policy_editor.moc"
