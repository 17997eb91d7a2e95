#include "core/learning/artifact_file.h"
#include "tests/editor/editor_fixture.h"
#include "tests/support/word_learner.h"
#include "ui/common/artifact_library.h"
#include "ui/common/theme.h"
#include "ui/editor/build_page.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::ui;
using test::id;

namespace {

policy::PolicyDocument withNode(const QString &kind, const Json &config)
{
    policy::PolicyDocument document = test::cascade();
    policy::Node node;
    node.id = id("x");
    node.kind = kind;
    node.title = u"Under test"_s;
    node.at = {200, 320};
    node.config = config;
    document.nodes.append(node);
    return document;
}

struct Bench
{
    explicit Bench(const policy::PolicyDocument &document)
        : library(learning::ArtifactShelf(test::wordLearners(), {beside.path()}),
                  own.filePath(u"artifacts"_s))
        , editor(document)
        , page(theme, editor, undo)
    {
        page.useArtifacts(library);
        page.resize(1300, 900);
        page.show();
        QCoreApplication::processEvents();
        page.selectNode(id("x"));
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
    template<typename Widget>
    Widget *within(const QString &card, const QString &name) const
    {
        auto *entry = find<QWidget>(card);
        return entry ? entry->findChild<Widget *>(name) : nullptr;
    }
    void type(const QString &field, const QString &text) const
    {
        auto *edit = find<QLineEdit>(u"edit_"_s + field);
        QVERIFY2(edit, qPrintable(field));
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
        QTest::keyClick(edit, Qt::Key_Return);
    }
    void choose(const QString &field, const QString &value) const
    {
        auto *box = find<QComboBox>(u"edit_"_s + field);
        QVERIFY2(box, qPrintable(field));
        box->setCurrentIndex(box->findData(value));
        Q_EMIT box->activated(box->currentIndex());
    }
    QString note(const QString &field = u"artifact"_s) const
    {
        const auto *label = find<QLabel>(u"note_"_s + field);
        return label ? label->text() : QString();
    }
    Json config() const { return editor.document().node(id("x"))->config; }
    QString problems() const
    {
        const auto *view = page.findChild<QListView *>(u"problemsList"_s);
        QStringList sentences;
        for (int row = 0; view && row < view->model()->rowCount(); ++row)
            sentences.append(view->model()->index(row, 0).data().toString());
        return sentences.join(u'\n');
    }

    QTemporaryDir beside;
    QTemporaryDir own;
    ArtifactLibrary library;
    Theme theme;
    policy::PolicyEditor editor;
    QUndoStack undo;
    BuildPage page;
};

const test::WordTable kLabels{.outputs = {u"easy"_s, u"hard"_s},
                              .words = {{u"prove"_s, {0.1, 0.9}}}};

} // namespace

class TestLearnedNodes final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFormSaysWhatATrainedFileHolds()
    {
        Bench bench(withNode(u"classifier"_s, {{"labels", {"easy", "hard"}}}));
        const QString file = test::savedWordArtifact(kLabels, bench.beside.path());
        QCOMPARE(bench.note(), QString());
        bench.type(u"artifact"_s, file);
        QCOMPARE(bench.config()["artifact"], Json(toStdString(file)));
        QCOMPARE(bench.undo.count(), 1);
        QTRY_COMPARE(bench.note(),
                     u"words · tells apart: easy, hard · trained on 12 rows"_s);
        // All of it can be read, and the name from its beginning.
        const auto *label = bench.find<QLabel>(u"note_artifact"_s);
        QVERIFY(label->height() >= label->heightForWidth(label->width()));
        bench.undo.undo();
        QVERIFY(!bench.config().contains("artifact"));
        QCOMPARE(bench.note(), QString());
    }

    void aChosenFileIsTakenInUnderItsProperName()
    {
        Bench bench(withNode(u"classifier"_s, {{"labels", {"easy", "hard"}}}));
        const QTemporaryDir elsewhere;
        const QString file = test::savedWordArtifact(kLabels, elsewhere.path());
        const QString renamed = elsewhere.filePath(u"best.hga"_s);
        QVERIFY(QFile::rename(elsewhere.filePath(file), renamed));
        take(bench, renamed);
        QTRY_VERIFY(bench.config().contains("artifact"));
        QCOMPARE(bench.config()["artifact"], Json(toStdString(file)));
        QVERIFY(QFile::exists(bench.own.filePath(u"artifacts/"_s + file)));
        QTRY_VERIFY(bench.note().contains(u"easy, hard"_s));
        QCOMPARE(bench.undo.count(), 1);
    }

    void aFileThatIsNoneIsRefusedAndNothingChanges()
    {
        Bench bench(withNode(u"classifier"_s, {{"labels", {"easy", "hard"}}}));
        QFile junk(bench.beside.filePath(u"junk.hga"_s));
        QVERIFY(junk.open(QIODevice::WriteOnly) && junk.write("junk") == 4);
        junk.close();
        take(bench, junk.fileName());
        QTRY_VERIFY(refusal(bench).contains(u"not a file that training wrote"_s));
        QVERIFY(!bench.config().contains("artifact"));
        QCOMPARE(bench.undo.count(), 0);
    }

    void whatIsWrongWithAFileIsSaidAtTheNodeAndMended()
    {
        Bench bench(withNode(u"classifier"_s, {{"labels", {"a", "b"}}}));
        // A whole drawing, so that only the file is wrong.
        bench.editor.disconnect({id("q"), u"query"_s, id("s")});
        for (const auto &[from, port, to] :
             {std::tuple("q", u"query"_s, "x"), std::tuple("x", u"a"_s, "s"),
              std::tuple("x", u"b"_s, "s"), std::tuple("x", u"unsure"_s, "l")})
            QVERIFY(bench.editor.connect({id(from), port, id(to)}));
        const QString file = test::savedWordArtifact(kLabels, bench.beside.path());
        bench.type(u"artifact"_s, file);
        QTRY_VERIFY2(bench.problems().contains(u"take over its labels"_s),
                     qPrintable(bench.problems()));
        // It refuses to run.
        QSignalSpy runs(&bench.page, &BuildPage::runRequested);
        bench.page.requestRun();
        QCOMPARE(runs.size(), 0);
        auto *mend = button(bench, u"Take over its labels"_s);
        QVERIFY(mend);
        QTest::mouseClick(mend, Qt::LeftButton);
        QCOMPARE(bench.config()["labels"], Json({"easy", "hard"}));
        QTRY_VERIFY2(!bench.problems().contains(u"take over its labels"_s),
                     qPrintable(bench.problems()));
        bench.undo.undo();
        QCOMPARE(bench.config()["labels"], Json({"a", "b"}));
    }

    void referencesAreEditedAndMakePorts()
    {
        Bench bench(withNode(u"nearest"_s, Json::object()));
        QTest::mouseClick(bench.find<QPushButton>(u"add_references"_s), Qt::LeftButton);
        auto *prompt = bench.within<QPlainTextEdit>(u"entry_references_0"_s, u"edit_prompt"_s);
        QVERIFY(prompt);
        prompt->setFocus();
        QTest::keyClicks(prompt, u"I want a refund"_s);
        auto *label = bench.within<QLineEdit>(u"entry_references_0"_s, u"edit_label"_s);
        label->setFocus();
        label->selectAll();
        QTest::keyClicks(label, u"billing"_s);
        QTest::keyClick(label, Qt::Key_Return);
        QCOMPARE(bench.config()["references"],
                 Json::array({{{"label", "billing"}, {"prompt", "I want a refund"}}}));
        const auto ports = policy::outPorts(*bench.editor.document().node(id("x")),
                                            bench.editor.document());
        QCOMPARE(ports[0].name, u"billing"_s);
        // Those of a trained file show in their place.
        QVERIFY(!bench.find<QLineEdit>(u"edit_artifact"_s));
        bench.choose(u"source"_s, u"trained"_s);
        QVERIFY(bench.find<QLineEdit>(u"edit_artifact"_s));
    }

    void aPredictorSaysWhatItWeighsAndOnWhatFigures()
    {
        Bench bench(withNode(u"predictor"_s, {{"models", {"small", "large"}}}));
        QTest::mouseClick(bench.find<QPushButton>(u"add_measured"_s), Qt::LeftButton);
        auto *model = bench.within<QComboBox>(u"entry_measured_0"_s, u"edit_model"_s);
        QVERIFY(model);
        model->setCurrentIndex(model->findData(u"small"_s));
        Q_EMIT model->activated(model->currentIndex());
        auto *quality = bench.within<QLineEdit>(u"entry_measured_0"_s, u"edit_quality"_s);
        quality->setFocus();
        quality->selectAll();
        QTest::keyClicks(quality, u"0.7"_s);
        QCOMPARE(bench.config()["measured"], Json::array({{{"model", "small"}, {"quality", 0.7}}}));
        bench.type(u"willingness_usd"_s, u"0.05"_s);
        QCOMPARE(bench.config()["willingness_usd"], Json(0.05));
        QVERIFY(!bench.find<QPushButton>(u"add_scores"_s));
        QVERIFY(!bench.find<QLineEdit>(u"edit_cost_weight"_s));
        bench.choose(u"estimator"_s, u"static"_s);
        QVERIFY(bench.find<QPushButton>(u"add_scores"_s));
        bench.choose(u"estimator"_s, u"learned"_s);
        QVERIFY(bench.find<QLineEdit>(u"edit_artifact"_s));
    }

    void weightsOfAnEarlierVersionShowAndAreSaidInDollars()
    {
        Bench bench(withNode(u"predictor"_s,
                             {{"models", {"small"}},
                              {"measured", Json::array({{{"model", "small"}, {"quality", 0.7}}})},
                              {"cost_weight", 20},
                              {"latency_weight", 0.5}}));
        QVERIFY(bench.find<QLineEdit>(u"edit_cost_weight"_s));
        auto *mend = button(bench, u"Say it in dollars"_s);
        QVERIFY(mend);
        QTest::mouseClick(mend, Qt::LeftButton);
        QCOMPARE(bench.config()["willingness_usd"], Json(0.05));
        QCOMPARE(bench.config()["second_usd"], Json(0.025));
        QVERIFY(!bench.config().contains("cost_weight"));
        QVERIFY(!bench.find<QLineEdit>(u"edit_cost_weight"_s));
    }

    void aTrainedScorerNamesItsFile()
    {
        policy::PolicyDocument document = test::cascade();
        document.nodes[2].config["scorers"] = Json::array({{{"kind", "trained"}}});
        Bench bench(document);
        bench.page.selectNode(id("g"));
        auto *name = bench.within<QLineEdit>(u"entry_scorers_0"_s, u"edit_artifact"_s);
        QVERIFY(name);
        const QString file = test::savedWordArtifact(
            {.kind = learning::TargetKind::Rightness, .outputs = {u"right"_s}},
            bench.beside.path());
        name->setFocus();
        QTest::keyClicks(name, file);
        QTest::keyClick(name, Qt::Key_Return);
        QCOMPARE(bench.editor.document().node(id("g"))->config["scorers"][0]["artifact"],
                 Json(toStdString(file)));
        QTRY_VERIFY(bench.note().contains(u"judges whether an answer is right"_s));
    }

private:
    static void take(const Bench &bench, const QString &path)
    {
        QTest::mouseClick(bench.find<QPushButton>(u"choose_artifact"_s), Qt::LeftButton);
        auto *dialog = bench.page.findChild<QFileDialog *>(u"chooseArtifact"_s);
        QVERIFY(dialog);
        auto *name = dialog->findChild<QLineEdit *>(u"fileNameEdit"_s);
        QVERIFY(name);
        name->setText(path);
        QTest::keyClick(name, Qt::Key_Return);
    }
    // What stands below the field.
    static QString refusal(const Bench &bench)
    {
        QStringList texts;
        for (const QLabel *label : bench.page.findChildren<QLabel *>()) {
            if (label->isVisible())
                texts.append(label->text());
        }
        return texts.join(u'\n');
    }
    static QAbstractButton *button(const Bench &bench, const QString &text)
    {
        QCoreApplication::processEvents();
        for (auto *button : bench.page.findChildren<QAbstractButton *>()) {
            if (button->isVisible() && button->text() == text)
                return button;
        }
        return nullptr;
    }
};

QTEST_MAIN(TestLearnedNodes)
#include "tst_learned_nodes.moc"
