#include "tests/editor/editor_fixture.h"

#include "ui/common/theme.h"
#include "ui/editor/models_model.h"
#include "ui/editor/outline_model.h"
#include "ui/editor/palette_model.h"
#include "ui/editor/problems_model.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
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
        QCOMPARE(printed(model), u"Query\n Small\nGate 1\n Answer · accept\n Large · escalate\n"
                                 "  Answer\n"_s);
        editor.removeNode(id("a"));
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
        model.setProblems({problem});
        const QModelIndex index = model.index(0);
        QCOMPARE(index.data(Qt::AccessibleTextRole).toString(), u"Warning: No timeout."_s);
        QCOMPARE(index.data(ProblemsModel::MendRole).toString(), u"Set 30 s"_s);
        QCOMPARE(index.data(ProblemsModel::NodeRole).toString(), u"s"_s);
        model.setProblems({});
        QCOMPARE(model.rowCount(), 0);
    }

private:
    Theme m_theme;
};

QTEST_MAIN(TestEditorModels)
#include "tst_editor_models.moc"
