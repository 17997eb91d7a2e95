#include "tests/editor/editor_fixture.h"

#include "core/policy/policy_format.h"
#include "core/policy/policy_validation.h"
#include "ui/common/theme.h"
#include "ui/editor/build_page.h"
#include "ui/editor/known_models.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::ui;
using test::id;

namespace {

policy::PolicyDocument emptyPolicy()
{
    policy::PolicyDocument document = test::cascade();
    document.nodes.removeIf([](const policy::Node &node) {
        return node.kind != "query"_L1 && node.kind != "answer"_L1;
    });
    document.wires.clear();
    document.models.clear();
    document.baseline.clear();
    return document;
}

// The real page; two models are known, one of a provider that is set up.
struct Bench
{
    explicit Bench(const policy::PolicyDocument &document)
        : editor(document)
        , page(theme, editor, undo)
    {
        page.setKnownModels([] {
            return QList<KnownModel>{
                {.label = u"Heron"_s,
                 .provider = u"sim-fleet"_s,
                 .model = u"heron"_s,
                 .price = Price{Money::fromNanos(400'000'000), Money::fromNanos(1'600'000'000)},
                 .isReady = true,
                 .isSimulated = true},
                {.label = u"Osprey"_s,
                 .provider = u"elsewhere"_s,
                 .model = u"osprey-2"_s,
                 .price = std::nullopt}};
        });
        page.resize(1300, 800);
        page.show();
        page.activateWindow();
        QCoreApplication::processEvents();
    }
    template<typename Widget>
    Widget *find(const QString &name) const
    {
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        for (Widget *widget : page.findChildren<Widget *>(name)) {
            if (widget->isVisible())
                return widget;
        }
        return nullptr;
    }
    void take(const QString &search) const
    {
        auto *text = find<QLineEdit>(u"modelSearchText"_s);
        QVERIFY(text);
        QTest::keyClicks(text, search);
        QTest::keyClick(text, Qt::Key_Return);
    }
    // As a user works the box: open, to the last line, take it.
    void askForModelIn(const QString &field) const
    {
        auto *box = find<QComboBox>(u"edit_"_s + field);
        QVERIFY(box);
        box->setFocus();
        QTest::keyClick(box, Qt::Key_End);
    }
    QString model(const char *node) const
    {
        return toQString(editor.document().node(id(node))->config.value("model", std::string()));
    }

    Theme theme;
    policy::PolicyEditor editor;
    QUndoStack undo;
    BuildPage page;
};

} // namespace

class TestAddingModels final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyDrawingOffersAFirstModelAndOneUndoTakesItBack()
    {
        Bench bench(emptyPolicy());
        const policy::PolicyDocument before = bench.editor.document();
        auto *offer = bench.find<QPushButton>(u"addFirstModel"_s);
        QVERIFY(offer);
        QTest::mouseClick(offer, Qt::LeftButton);
        bench.take(u"her"_s);
        const policy::PolicyDocument &document = bench.editor.document();
        QCOMPARE(document.nodes.size(), 3);
        const policy::Node &added = document.nodes.last();
        QCOMPARE(document.target(id("q"), u"query"_s), std::optional(added.id));
        QCOMPARE(document.target(added.id, u"answer"_s), std::optional(id("a")));
        QCOMPARE(document.models.first().provider, u"sim-fleet"_s);
        QCOMPARE(document.baseline, u"Heron"_s);
        QVERIFY(policy::validate(document).isEmpty());
        QVERIFY(!bench.find<QPushButton>(u"addFirstModel"_s));
        QCOMPARE(bench.undo.count(), 1);
        bench.undo.undo();
        QCOMPARE(policy::formatPolicy(document), policy::formatPolicy(before));
        QVERIFY(bench.find<QPushButton>(u"addFirstModel"_s));
    }

    void aDrawingWithModelsOffersNone()
    {
        Bench bench(test::cascade());
        QVERIFY(!bench.find<QPushButton>(u"addFirstModel"_s));
    }

    void anEmptyDrawingLeadsToTheTemplates()
    {
        Bench bench(emptyPolicy());
        QSignalSpy asked(&bench.page, &BuildPage::templatesRequested);
        QTest::mouseClick(bench.find<QPushButton>(u"startFromTemplate"_s), Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
    }

    void aNodeTakesAModelThatThePolicyDidNotHave()
    {
        Bench bench(test::cascade());
        const policy::PolicyDocument before = bench.editor.document();
        bench.page.selectNode(id("s"));
        bench.askForModelIn(u"model"_s);
        QCOMPARE(bench.model("s"), u"small"_s); // asked, not chosen
        bench.take(u"osprey"_s);
        QCOMPARE(bench.model("s"), u"Osprey"_s);
        QVERIFY(bench.editor.document().model(u"Osprey"_s));
        QCOMPARE(bench.find<QComboBox>(u"edit_model"_s)->currentText(), u"Osprey"_s);
        QCOMPARE(bench.undo.count(), 1);
        bench.undo.undo();
        QCOMPARE(bench.editor.document(), before);
    }

    void aModelThatThePolicyHasIsNotAddedAgain()
    {
        Bench bench(test::cascade());
        bench.page.selectNode(id("s"));
        bench.askForModelIn(u"model"_s);
        bench.take(u"heron"_s); // the policy calls it “large”
        QCOMPARE(bench.model("s"), u"large"_s);
        QCOMPARE(bench.editor.document().models.size(), 2);
        QCOMPARE(bench.undo.count(), 1);
    }

    void whatIsNotKnownIsEnteredByHand()
    {
        Bench bench(emptyPolicy());
        QTest::mouseClick(bench.find<QToolButton>(u"addModel"_s), Qt::LeftButton);
        bench.take(u"by hand"_s);
        QCOMPARE(bench.editor.document().models.size(), 1);
        auto *name = bench.find<QLineEdit>(u"edit_name"_s);
        QVERIFY(name);
        QVERIFY(bench.find<QLineEdit>(u"edit_provider"_s));
    }

    void aWarningIsToldFromAnError()
    {
        policy::PolicyDocument document = test::cascade();
        document.nodes[1].config = {{"model", "nobody"}};
        Bench bench(document);
        bench.page.selectNode(id("s"));
        QTRY_VERIFY(bench.find<QLabel>(u"error_timeout_s"_s));
        QCOMPARE(bench.find<QLabel>(u"error_timeout_s"_s)->property("role").toString(),
                 u"warningText"_s);
        QVERIFY(!bench.find<QLineEdit>(u"edit_timeout_s"_s)->property("invalid").toBool());
        QCOMPARE(bench.find<QLabel>(u"error_model"_s)->property("role").toString(), u"errorText"_s);
        QVERIFY(bench.find<QComboBox>(u"edit_model"_s)->property("invalid").toBool());
    }

    void thoseThatCanBeCalledComeFirstAndRetiredOnesNotAtAll()
    {
        const auto entry = [](const QString &provider, const QString &model) {
            catalog::CatalogEntry made;
            made.id = provider + u'/' + model;
            made.provider = provider;
            made.model = model;
            return made;
        };
        catalog::CatalogEntry old = entry(u"b"_s, u"old"_s);
        old.retiresOn = QDate(2026, 1, 1);
        catalog::CatalogEntry vectors = entry(u"b"_s, u"vectors"_s);
        vectors.kind = u"embedding"_s;
        catalog::ModelCatalog catalog;
        catalog.add({entry(u"a"_s, u"one"_s), old, vectors, entry(u"b"_s, u"two"_s)});
        const QList<KnownModel> models = knownModels(catalog, {u"b"_s}, QDate(2026, 11, 1));
        QCOMPARE(models.size(), 2);
        QCOMPARE(models[0].model, u"two"_s);
        QVERIFY(models[0].isReady);
        QCOMPARE(models[1].model, u"one"_s);
        QCOMPARE(priceText(models[1]), u"price unknown"_s);
    }

    void aNewNameIsOneThatIsFree()
    {
        policy::PolicyDocument document = test::cascade();
        const policy::Model model = modelOfPolicy(
            document, {.label = u"large"_s, .provider = u"x"_s, .model = u"y"_s, .price = {}});
        QCOMPARE(model.name, u"large 2"_s);
    }
};

QTEST_MAIN(TestAddingModels)
#include "tst_adding_models.moc"
