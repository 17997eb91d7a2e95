#include "tests/editor/editor_fixture.h"

#include "ui/common/settings.h"
#include "ui/common/theme.h"
#include "ui/editor/kind_usage.h"
#include "ui/editor/models_model.h"
#include "ui/editor/outline_model.h"
#include "ui/editor/palette_model.h"
#include "ui/editor/problems_model.h"
#include "ui/editor/side_tree.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::ui;
using test::id;

namespace {

// One line a row, indented by depth.
QString printed(const QAbstractItemModel &model, const QModelIndex &parent = {}, int depth = 0)
{
    QString text;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        text += QString(depth, u' ') + index.data().toString() + u'\n' +
                printed(model, index, depth + 1);
    }
    return text;
}

} // namespace

class TestEditorModels final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void paletteGroupsEveryKindOnce()
    {
        const PaletteModel model(m_theme, PaletteModel::Shape::Grouped);
        QAbstractItemModelTester tester(const_cast<PaletteModel *>(&model));
        qsizetype kinds = 0;
        for (int group = 0; group < model.rowCount(); ++group)
            kinds += model.rowCount(model.index(group, 0));
        QCOMPARE(kinds, policy::nodeKinds().size());
        const PaletteModel flat(m_theme, PaletteModel::Shape::Flat);
        QCOMPARE(flat.rowCount(), int(policy::nodeKinds().size()));
    }

    void paletteSearchMatchesTagsAndRanksNames()
    {
        PaletteModel model(m_theme, PaletteModel::Shape::Flat);
        PaletteFilter filter;
        QAbstractItemModelTester tester(&filter);
        filter.setSourceModel(&model);
        filter.sort(0);
        filter.setSearch(u"cascade"_s); // a tag of the gate
        QVERIFY(filter.rowCount() >= 1);
        QVERIFY(printed(filter).contains(u"Gate"_s));
        filter.setSearch(u"model"_s);
        QCOMPARE(filter.index(0, 0).data().toString(), u"Model"_s);
        filter.setSearch(u"no such thing"_s);
        QCOMPARE(filter.rowCount(), 0);
        filter.setSearch({});
        filter.setAccept([](const policy::NodeKind &kind) { return kind.hasInput; });
        QVERIFY(!printed(filter).contains(u"Query"_s));
    }

    void paletteDragCarriesTheKind()
    {
        const PaletteModel model(m_theme, PaletteModel::Shape::Grouped);
        const QModelIndex group = model.index(0, 0);
        QVERIFY(!model.mimeData({group}));
        const std::unique_ptr<QMimeData> data(model.mimeData({model.index(0, 0, group)}));
        QVERIFY(policy::nodeKind(QString::fromUtf8(data->data(kindMimeType()))));
    }

    void outlineIsTheTreeOfWires()
    {
        policy::PolicyEditor editor(test::cascade());
        OutlineModel model(m_theme, editor);
        QAbstractItemModelTester tester(&model);
        QCOMPARE(printed(model),
                 u"Query\n Small\n  Gate 1\n   Answer · accept\n   Large · escalate\n"
                 "    Answer\n"_s);
        editor.disconnect({id("s"), u"answer"_s, id("g")});
        QCoreApplication::processEvents();
        QCOMPARE(printed(model), u"Query\n Small\nGate 1\n Answer · accept\n Large · escalate\n"
                                 "  Answer\n"_s);
        editor.removeNode(id("a"));
        QCoreApplication::processEvents();
        QCOMPARE(printed(model), u"Query\n Small\nGate 1\n Large · escalate\n"_s);
        QVERIFY(!model.indexOf(id("a")).isValid());
    }

    void outlineNamesAreWholeSentencesForAScreenReader()
    {
        policy::PolicyEditor editor(test::cascade());
        const OutlineModel model(m_theme, editor);
        const QString name = model.indexOf(id("g")).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(name.startsWith(u"Gate Gate 1, "_s), qPrintable(name));
        QVERIFY2(name.contains(u"≥ 0.6"_s) && name.contains(u"2 outputs"_s), qPrintable(name));
    }

    void outlineRowsThatStayAreTheSameRows()
    {
        policy::PolicyEditor editor(test::cascade());
        OutlineModel model(m_theme, editor);
        QAbstractItemModelTester tester(&model);
        const QPersistentModelIndex gate = model.indexOf(id("g"));
        const QPersistentModelIndex large = model.indexOf(id("l"));
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QVERIFY(editor.setTitle(id("g"), u"Judge"_s));
        QCOMPARE(gate.data().toString(), u"Judge"_s); // at once, and without a row of its own
        editor.setConfigValue(id("g"), u"threshold"_s, 0.7);
        QCoreApplication::processEvents();
        QCOMPARE(inserted.size() + removed.size(), 0);
        policy::Node answer;
        answer.id = id("b");
        answer.kind = u"answer"_s;
        answer.title = u"Second"_s;
        QVERIFY(editor.addNode(answer));
        QVERIFY(editor.connect({id("l"), u"error"_s, id("b")}));
        QCOMPARE(inserted.size(), 0); // both come together
        QCoreApplication::processEvents();
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(removed.size(), 0);
        QVERIFY(gate.isValid() && large.isValid());
        QCOMPARE(model.indexOf(id("b")).parent(), QModelIndex(large));
    }

    void outlineFollowsRenamedPorts()
    {
        policy::PolicyDocument document = test::cascade();
        policy::Node rule;
        rule.id = id("r");
        rule.kind = u"rule"_s;
        rule.title = u"Rule"_s;
        rule.config = {{"cases", {{{"name", "long"}, {"min_length", 9}}}}};
        document.nodes.append(rule);
        document.wires.append({id("r"), u"long"_s, id("l")});
        policy::PolicyEditor editor(document);
        OutlineModel model(m_theme, editor);
        QVERIFY(printed(model).contains(u"Rule\n Large · long"_s));
        editor.disconnect({id("r"), u"long"_s, id("l")});
        editor.setConfigValue(id("r"), u"cases"_s, {{{"name", "huge"}, {"min_length", 9}}});
        QVERIFY(editor.connect({id("r"), u"huge"_s, id("l")}));
        QCoreApplication::processEvents();
        QVERIFY2(printed(model).contains(u"Rule\n Large · huge"_s), qPrintable(printed(model)));
    }

    void outlineNamesTellProblems()
    {
        policy::PolicyDocument document = test::cascade();
        document.nodes[1].config.erase("timeout_s");
        policy::PolicyEditor editor(document);
        OutlineModel model(m_theme, editor);
        const QPersistentModelIndex small = model.indexOf(id("s"));
        QVERIFY(!small.data(Qt::AccessibleTextRole).toString().contains(u"problem"_s));
        model.showProblems(editor.problems());
        const QString name = small.data(Qt::AccessibleTextRole).toString();
        QVERIFY2(name.endsWith(u"2 outputs, 1 problem"_s), qPrintable(name));
        model.showProblems({});
        QVERIFY(!small.data(Qt::AccessibleTextRole).toString().contains(u"problem"_s));
    }

    void paletteRanksFavouritesAndRecentKinds()
    {
        QTemporaryDir folder;
        Settings settings(folder.filePath(u"settings.ini"_s));
        KindUsage usage;
        usage.useSettings(settings);
        PaletteModel flat(m_theme, PaletteModel::Shape::Flat, nullptr, &usage);
        PaletteFilter filter;
        filter.setUsage(&usage);
        filter.setSourceModel(&flat);
        filter.sort(0);
        usage.noteUse(u"gate"_s);
        usage.noteUse(u"cache"_s);
        usage.setFavourite(u"split"_s, true);
        filter.setSearch({});
        QCOMPARE(printed(filter).section(u'\n', 0, 2), u"Split\nCache\nGate"_s);
        const PaletteModel grouped(m_theme, PaletteModel::Shape::Grouped, nullptr, &usage);
        QVERIFY(printed(grouped).startsWith(u"Favourites\n Split\nRoute\n"_s));
        KindUsage next; // at the next start
        next.useSettings(settings);
        QVERIFY(next.isFavourite(u"split"_s));
        QVERIFY(next.rank(u"cache"_s) < next.rank(u"gate"_s));
        QVERIFY(next.rank(u"gate"_s) < next.rank(u"model"_s));
    }

    void kindsThatCannotRunYetSaySo()
    {
        const PaletteModel flat(m_theme, PaletteModel::Shape::Flat);
        for (int row = 0; row < flat.rowCount(); ++row) {
            const QModelIndex index = flat.index(row, 0);
            const auto *kind = policy::nodeKind(index.data(PaletteModel::KindRole).toString());
            const bool told = index.data(Qt::ToolTipRole).toString() != kind->help;
            QCOMPARE(told, kind->runtime != policy::Runtime::Runs);
            QCOMPARE(index.data(DimRole).toBool(), told);
        }
    }

    void modelsTableShowsPrices()
    {
        ModelsModel model;
        QAbstractItemModelTester tester(&model);
        QList<policy::Model> models = test::cascade().models;
        models[0].price =
            Price{Money::fromDecimal(u"0.4").value(), Money::fromDecimal(u"1.6").value(), {}, {}};
        model.setModels(models);
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(model.index(0, ModelsModel::PriceColumn).data().toString().contains(u"0.40"_s));
        QCOMPARE(model.index(1, ModelsModel::PriceColumn).data().toString(), u"catalog"_s);
        QCOMPARE(model.rowOf(u"small"_s), 1);
        QCOMPARE(model.nameAt(5), QString());
    }

    void problemsSayHowBadAndOfferTheirMend()
    {
        ProblemsModel model;
        QAbstractItemModelTester tester(&model);
        policy::Problem problem;
        problem.severity = policy::Problem::Severity::Warning;
        problem.sentence = u"No timeout."_s;
        problem.node = id("s");
        problem.mend = policy::Mend{u"Set 30 s"_s, {}};
        model.setProblems({problem}, test::cascade());
        const QModelIndex index = model.index(0);
        QCOMPARE(index.data(Qt::AccessibleTextRole).toString(), u"Warning: No timeout."_s);
        QCOMPARE(index.data(ProblemsModel::MendRole).toString(), u"Set 30 s"_s);
        QCOMPARE(index.data(ProblemsModel::NodeRole).toString(), u"s"_s);
        QCOMPARE(index.data(ProblemsModel::WhereRole).toString(), u"Small"_s);
        model.setProblems({}, test::cascade());
        QCOMPARE(model.rowCount(), 0);
    }

    void repeatedProblemsAreOneRowWithOneMend()
    {
        policy::PolicyDocument document = test::cascade();
        policy::Node more = document.nodes[1];
        for (const char *name : {"m1", "m2"}) {
            more.id = id(name);
            more.title = QString::fromLatin1(name);
            document.nodes.append(more);
        }
        for (policy::Node &node : document.nodes)
            node.config.erase("timeout_s");
        QList<policy::Problem> late;
        for (const policy::Problem &problem : policy::validate(document)) {
            if (problem.code == "no-timeout"_L1)
                late.append(problem);
        }
        QCOMPARE(late.size(), 4);
        ProblemsModel model;
        QAbstractItemModelTester tester(&model);
        model.setProblems(late, document);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0).data(ProblemsModel::CountRole).toInt(), 4);
        QVERIFY(model.index(0).data(ProblemsModel::MendRole).toString().contains(u'4'));
        const policy::PolicyDocument mended = model.mended(0, document);
        for (const policy::Node &node : mended.nodes)
            QCOMPARE(node.config.contains("timeout_s"), node.kind == "model"_L1);
        // Two of a kind stay rows of their own, each with its sentence.
        model.setProblems(late.mid(0, 2), document);
        QCOMPARE(model.rowCount(), 2);
    }

    void theSameProblemsLeaveTheRowsAlone()
    {
        policy::PolicyDocument document = test::cascade();
        document.nodes[1].config.erase("timeout_s");
        ProblemsModel model;
        model.setProblems(policy::validate(document), document);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.setProblems(policy::validate(document), document);
        QCOMPARE(reset.size(), 0);
    }

private:
    Theme m_theme;
};

QTEST_MAIN(TestEditorModels)
#include "tst_editor_models.moc"
