#include "core/ledger/ledger.h"
#include "core/policy/policy_format.h"
#include "tests/engine/policies.h"
#include "tests/support/canary.h"
#include "tests/support/pdf_text.h"
#include "tests/support/private_keyring.h"
#include "tests/support/scripted_server.h"
#include "tests/workbench/shown_window.h"
#include "ui/common/query_service.h"
#include "ui/editor/drawing_picture.h"
#include "ui/editor/editor_commands/node_commands.h"
#include "ui/editor/policy_view.h"
#include "ui/settings/providers_dialog.h"

#include <QAbstractItemView>
#include <QClipboard>
#include <QDirIterator>
#include <QFileDialog>
#include <QImage>
#include <QLineEdit>
#include <QListWidget>
#include <QLoggingCategory>
#include <QMimeData>
#include <QPdfWriter>
#include <QPlainTextEdit>
#include <QSignalSpy>

using namespace headgate;
using namespace headgate::test;
using namespace Qt::StringLiterals;
using workbench::Mode;

namespace {

constexpr int kRunMs = 30'000;
constexpr const char *kVariable = "HEADGATE_TEST_WINDOW_CANARY";
const QString kInKeyring = u"b"_s; // the provider whose key is typed into the window

// Everything that Qt and we log, as it was said: nothing has been taken out of it yet.
QByteArray &logged()
{
    static QByteArray bytes;
    return bytes;
}

void keepMessage(QtMsgType, const QMessageLogContext &context, const QString &message)
{
    logged() += QByteArray(context.category) + ": " + message.toUtf8() + '\n';
}

// What an item view can give away.
void addItems(const QAbstractItemModel &model, const QModelIndex &parent, QStringList &texts)
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        for (int column = 0; column < model.columnCount(parent); ++column) {
            const QModelIndex index = model.index(row, column, parent);
            for (const int role : {int(Qt::DisplayRole), int(Qt::EditRole), int(Qt::ToolTipRole),
                                   int(Qt::AccessibleTextRole), int(Qt::AccessibleDescriptionRole)})
                texts.append(index.data(role).toString());
            addItems(model, index, texts);
        }
    }
}

bool isTheUsersOwn(const QWidget &widget)
{
    return widget.objectName() == "prompt"_L1;
}

// Every text of every widget there is, seen or not.
QByteArray textsOfAllWidgets()
{
    QStringList texts;
    for (const QWidget *widget : QApplication::allWidgets()) {
        if (isTheUsersOwn(*widget))
            continue;
        for (const char *property :
             {"text", "plainText", "toolTip", "accessibleName", "accessibleDescription", "title",
              "windowTitle", "statusTip", "whatsThis", "placeholderText", "currentText"})
            texts.append(widget->property(property).toString());
        if (const auto *view = qobject_cast<const QAbstractItemView *>(widget);
            view && view->model())
            addItems(*view->model(), {}, texts);
        for (const QAction *action : widget->actions())
            texts << action->text() << action->toolTip();
    }
    return texts.join(u'\n').toUtf8();
}

QByteArray clipboardBytes()
{
    QByteArray all;
    const QMimeData *held = QGuiApplication::clipboard()->mimeData();
    for (const QString &format : held->formats())
        all += held->data(format) + '\n';
    return all;
}

Json endpointOf(const ScriptedServer &server, const char *protocol, Json key)
{
    Json object{{"base_url", toStdString(server.url().toString())}, {"protocol", protocol}};
    object.update(key);
    return object;
}

// The real window over providers that give their keys away wherever an answer has room for them.
struct Leaky : ShownWindow
{
    Leaky()
    {
        const Json variable{{"key_variable", kVariable}};
        put(options().providersPath,
            formatJson({{"a", endpointOf(refusing, "openai", variable)},
                        {"b", endpointOf(failing, "openai", {{"key_in_keyring", true}})},
                        {"c", endpointOf(answering, "openai", variable)},
                        {"d", endpointOf(refusing, "anthropic", variable)},
                        {"e", endpointOf(refusing, "gemini", variable)},
                        {"f", endpointOf(refusing, "ollama", variable)}}));
        policies();
        window.reset();
        show(path(u"Answered at last"_s));
    }

    QString path(const QString &name) const { return folder.filePath(name + u".headgate"_s); }

    // One model that fails over from provider to provider.
    void policies() const
    {
        for (const bool answered : {true, false}) {
            policy::PolicyDocument document = cascade();
            document.name = answered ? u"Answered at last"_s : u"Never answered"_s;
            document.keepTexts = true;
            document.baseline.clear();
            document.models.clear();
            Json fallbacks = Json::array();
            for (const QString &provider : {u"a"_s, u"b"_s, u"d"_s, u"e"_s, u"f"_s, u"c"_s}) {
                if (provider == u"c"_s && !answered)
                    continue;
                document.models.append(model(u"of "_s + provider, provider, 1));
                if (provider != u"a"_s)
                    fallbacks.push_back(toStdString(u"of "_s + provider));
            }
            std::sort(document.models.begin(), document.models.end(),
                      [](const auto &a, const auto &b) { return a.name < b.name; });
            Json call = callOf(u"of a"_s, 0);
            call["fallbacks"] = fallbacks;
            document.nodes = {node(u"in"_s, u"query"_s), node(u"first"_s, u"model"_s, call),
                              node(u"out"_s, u"answer"_s)};
            document.wires = {wire(u"in"_s, u"query"_s, u"first"_s),
                              wire(u"first"_s, u"answer"_s, u"out"_s)};
            put(path(document.name), policy::formatPolicy(document));
        }
    }

    // Types the key of the one provider whose key the keyring has.
    void enterKey() const
    {
        action(u"Providers…"_s)->trigger();
        auto *dialog = child<ui::ProvidersDialog>(u"providersDialog"_s);
        QVERIFY(dialog);
        auto *list = dialog->findChild<QListWidget *>(u"providersList"_s);
        list->setCurrentItem(list->findItems(kInKeyring, Qt::MatchExactly).value(0));
        auto *field = dialog->findChild<QLineEdit *>(u"providerKey"_s);
        field->setFocus();
        QTest::keyClicks(field, QLatin1String(kPlainKey));
        QTest::keyClick(field, Qt::Key_Return);
        auto *result = dialog->findChild<QLabel *>(u"testResult"_s);
        QTRY_VERIFY_WITH_TIMEOUT(result->text().contains(u"[key removed]"_s) ||
                                     result->text().contains(u"passing problem"_s),
                                 kRunMs);
    }

    // None: it was refused, or does not end.
    std::optional<engine::RunTrace> ask(const QString &prompt) const
    {
        window->setMode(Mode::Ask);
        QSignalSpy finished(&window->queries(), &ui::QueryService::finished);
        visibleChild<QPlainTextEdit>(u"prompt"_s)->setPlainText(prompt);
        QSignalSpy refused(&window->queries(), &ui::QueryService::refused);
        QTest::mouseClick(visibleChild<QPushButton>(u"send"_s), Qt::LeftButton);
        if (refused.isEmpty() && finished.isEmpty())
            finished.wait(kRunMs);
        settle();
        if (finished.isEmpty())
            return std::nullopt;
        return window->queries().sessionRuns().last();
    }

    void saveAs(const QString &entry, const QString &file) const
    {
        action(entry)->trigger();
        auto *dialog = window->findChild<QFileDialog *>();
        QVERIFY(dialog);
        Q_EMIT dialog->fileSelected(file);
        dialog->reject();
        settle(); // it is gone before another one opens
    }

    const ScriptedServer refusing{{Script().send(echoingError(401, kShapelyKey)).close()}};
    const ScriptedServer failing{{Script().send(echoingError(503, kPlainKey)).close()}};
    const ScriptedServer answering{{Script().send(echoingAnswer(kShapelyKey)).close()}};
};

} // namespace

// Plants keys where the window takes them, in the environment and in the keyring, and searches
// every byte that comes out of it.
class TestWindowCanary final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv(kVariable, kShapelyKey);
        m_keyring = std::make_unique<PrivateKeyring>();
        if (const QString reason = m_keyring->start(); !reason.isEmpty()) {
            qInfo("No keyring here (%s): the key stays in the window's memory.",
                  qPrintable(reason));
            m_keyring.reset();
        }
        QLoggingCategory::setFilterRules(u"*.debug=true"_s);
        m_formerHandler = qInstallMessageHandler(keepMessage);
    }
    void cleanupTestCase()
    {
        qInstallMessageHandler(m_formerHandler);
        qunsetenv(kVariable);
    }
    void cleanup()
    {
        QCOMPARE(keyFoundIn(u"the log"_s, logged()), QString());
        if (m_keyring)
            QCOMPARE(keyFoundIn(u"the keyring's files"_s, m_keyring->allBytes()), QString());
    }

    void noWidgetAndNoFileOfLiveQueriesHoldsAKey()
    {
        const Leaky leaky;
        leaky.enterKey();
        QVERIFY(leaky.failing.requests().first().contains(kPlainKey));
        QCOMPARE(keyFoundIn(u"the window"_s, textsOfAllWidgets()), QString());
        leaky.child<QDialog>(u"providersDialog"_s)->close();

        leaky.window->openPath(leaky.path(u"Never answered"_s));
        const auto failed = leaky.ask(u"Which key is yours?"_s);
        QVERIFY(failed);
        QCOMPARE(failed->status, engine::RunStatus::Failed);
        QCOMPARE(failed->hops.size(), 5); // one a provider
        leaky.window->openPath(leaky.path(u"Answered at last"_s));
        const auto answered = leaky.ask(u"And yours?"_s);
        QVERIFY(answered);
        QCOMPARE(answered->status, engine::RunStatus::Answered);
        QVERIFY(leaky.refusing.requests().first().contains(kShapelyKey));
        QVERIFY(leaky.answering.requests().first().contains(kShapelyKey));
        const QByteArray texts = textsOfAllWidgets();
        QVERIFY(texts.contains("Your key is [key removed]"));
        QCOMPARE(keyFoundIn(u"the window"_s, texts), QString());

        // The same in the other views, which read the ledger.
        for (const Mode mode : {Mode::Home, Mode::Build, Mode::Savings, Mode::Evaluate}) {
            leaky.window->setMode(mode);
            leaky.settle();
        }
        QTRY_VERIFY(textsOfAllWidgets().contains("Never answered"));
        QCOMPARE(keyFoundIn(u"the window"_s, textsOfAllWidgets()), QString());

        // All that was said is in the ledger, which the window still holds open.
        const QString ledger = leaky.options().ledgerPath;
        QTRY_VERIFY((contents(ledger) + contents(ledger + u"-wal"_s))
                        .contains("Your key is [key removed]"));
        QCOMPARE(keyFoundBelow(leaky.folder.path()), QString());
    }

    void aPromptWithAKeyIsNotSentAndTheReasonDoesNotRepeatIt()
    {
        const Leaky leaky;
        leaky.enterKey();
        leaky.child<QDialog>(u"providersDialog"_s)->close();
        const auto sent = leaky.refusing.requests().size();
        leaky.window->setMode(Mode::Ask);
        QSignalSpy refused(&leaky.window->queries(), &ui::QueryService::refused);
        leaky.visibleChild<QPlainTextEdit>(u"prompt"_s)
            ->setPlainText(u"http://ada:%1@proxy.example"_s.arg(QLatin1String(kPlainKey)));
        QTest::mouseClick(leaky.visibleChild<QPushButton>(u"send"_s), Qt::LeftButton);
        QCOMPARE(refused.size(), 1);
        QCOMPARE(leaky.refusing.requests().size(), sent);
        QTRY_VERIFY(leaky.isSaid(u"holds a key"_s));
        QCOMPARE(keyFoundIn(u"the window"_s, textsOfAllWidgets()), QString());
        QCOMPARE(keyFoundBelow(leaky.folder.path()), QString());
    }

    void noDocumentAndNoRecoveryFileHoldsAKey()
    {
        const Leaky leaky;
        leaky.enterKey();
        leaky.child<QDialog>(u"providersDialog"_s)->close();
        QVERIFY(leaky.ask(u"Which key is yours?"_s));
        QTest::mouseClick(leaky.visibleChild<QPushButton>(u"pinTrace"_s), Qt::LeftButton);
        QCOMPARE(leaky.document().pins.size(), 1);
        const QString recovery = leaky.options().recoveryPath;
        QTRY_VERIFY_WITH_TIMEOUT(filesBelow(recovery).contains("Which key is yours?"), kRunMs);
        QCOMPARE(keyFoundBelow(recovery), QString());
        const QString saved = leaky.folder.filePath(u"saved.headgate"_s);
        QVERIFY(leaky.window->session().saveAs(saved));
        QVERIFY(contents(saved).contains("Which key is yours?"));
        QCOMPARE(keyFoundBelow(leaky.folder.path()), QString());
    }

    void aKeyInTheDrawingIsNeitherSavedNorKeptUnasked()
    {
        const Leaky leaky;
        leaky.enterKey();
        leaky.child<QDialog>(u"providersDialog"_s)->close();
        const auto setTitle = [&leaky](const QString &title) {
            leaky.window->session().undoStack().push(new ui::SetTitleCommand(
                leaky.window->session().editor(), policy::NodeId{u"first"_s}, title));
        };
        const QString file = leaky.window->session().path();
        const QByteArray before = contents(file);
        setTitle(u"Kestrel is "_s + QLatin1String(kPlainKey));

        // It is said at the place, and the question does not repeat it.
        const auto &problems = leaky.window->session().editor().problems();
        const auto found =
            std::find_if(problems.cbegin(), problems.cend(),
                         [](const auto &problem) { return problem.code == "key-in-policy"_L1; });
        QVERIFY(found != problems.cend());
        QCOMPARE(found->node.value, u"first"_s);
        const QString recovery = leaky.options().recoveryPath;
        QTRY_VERIFY_WITH_TIMEOUT(filesBelow(recovery).contains("Kestrel is [key removed]"), kRunMs);
        QCOMPARE(keyFoundBelow(recovery), QString());
        leaky.action(u"Save"_s)->trigger();
        QTRY_VERIFY(openBox());
        QVERIFY(openBox()->informativeText().contains(u"the title of Kestrel is [key removed]"_s));
        QVERIFY(
            !(openBox()->text() + openBox()->informativeText()).contains(QLatin1String(kPlainKey)));
        QTest::keyClick(openBox(), Qt::Key_Escape);
        QTRY_VERIFY(!openBox());
        QCOMPARE(contents(file), before);

        // The safe answer is the default; it is one step of undo.
        leaky.action(u"Save"_s)->trigger();
        QTRY_VERIFY(openBox());
        QCOMPARE(openBox()->defaultButton()->objectName(), u"takeKeysOut"_s);
        QTest::keyClick(openBox(), Qt::Key_Return);
        QTRY_VERIFY(contents(file).contains("Kestrel is [key removed]"));
        QCOMPARE(keyFoundBelow(leaky.folder.path()), QString());
        QVERIFY(!leaky.window->session().isEdited());
        leaky.window->session().undoStack().undo();
        QVERIFY(leaky.document().node({u"first"_s})->title.contains(QLatin1String(kPlainKey)));

        // An example of a key may stay, and is not asked about again.
        const QString example = u"As in sk-example-0123456789abcdef"_s;
        setTitle(example);
        leaky.action(u"Save"_s)->trigger();
        QTRY_VERIFY(openBox());
        QVERIFY(openBox()->text().startsWith(u"What looks like a key"_s));
        QTest::mouseClick(openBox()->findChild<QPushButton *>(u"saveWithKeys"_s), Qt::LeftButton);
        QTRY_VERIFY(contents(file).contains(example.toUtf8()));
        setTitle(example + u", too"_s);
        leaky.action(u"Save"_s)->trigger();
        QVERIFY(!openBox());
        QVERIFY(contents(file).contains((example + u", too"_s).toUtf8()));
    }

    void noCopiedTextHoldsAKey()
    {
        const Leaky leaky;
        leaky.enterKey();
        leaky.child<QDialog>(u"providersDialog"_s)->close();
        QVERIFY(leaky.ask(u"Which key is yours?"_s));
        QTest::mouseClick(leaky.visibleChild<QPushButton>(u"copyTrace"_s), Qt::LeftButton);
        QVERIFY(clipboardBytes().contains("Your key is [key removed]"));
        QCOMPARE(keyFoundIn(u"the copied trace"_s, clipboardBytes()), QString());
        auto *answer = leaky.visibleChild<QPlainTextEdit>(u"answer"_s);
        answer->selectAll();
        answer->copy();
        QVERIFY(clipboardBytes().contains("Your key is [key removed]"));
        QCOMPARE(keyFoundIn(u"the copied answer"_s, clipboardBytes()), QString());
        ui::PolicyView *view = &leaky.build().view();
        QTest::keyClick(view, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(view, Qt::Key_C, Qt::ControlModifier);
        QVERIFY(clipboardBytes().contains("of a"));
        QCOMPARE(keyFoundIn(u"the copied nodes"_s, clipboardBytes()), QString());
    }

    // Even where somebody wrote a key into a title.
    void noPictureOfTheDrawingHoldsAKey()
    {
        const Leaky leaky;
        leaky.enterKey();
        leaky.child<QDialog>(u"providersDialog"_s)->close();
        const QString title = u"Kestrel is "_s + QLatin1String(kPlainKey);
        edit(leaky.window->session(), title);
        QVERIFY(leaky.window->session().editor().setTitle({u"first"_s}, title));
        leaky.window->setMode(Mode::Build);
        const QString svg = leaky.folder.filePath(u"drawing.svg"_s);
        const QString png = leaky.folder.filePath(u"drawing.png"_s);
        leaky.saveAs(u"As SVG…"_s, svg);
        leaky.saveAs(u"As PNG…"_s, png);
        QVERIFY(contents(svg).contains("Kestrel is [key removed]"));
        for (const QString &file : {svg, png})
            QCOMPARE(keyFoundIn(file, contents(file)), QString());
        // Pixels cannot be searched; they are those of a drawing that never held the key.
        policy::PolicyDocument clean = leaky.document();
        clean.name = u"Kestrel is [key removed]"_s;
        clean.nodes[1].title = clean.name;
        const QString cleanPng = leaky.folder.filePath(u"clean.png"_s);
        QVERIFY(ui::exportDrawingAsPng(clean, cleanPng, QDate::currentDate()));
        QCOMPARE(QImage(png), QImage(cleanPng));
        policy::PolicyDocument other = clean;
        other.nodes[1].title = title.chopped(1);
        const QString otherPng = leaky.folder.filePath(u"other.png"_s);
        QVERIFY(ui::exportDrawingAsPng(other, otherPng, QDate::currentDate()));
        QVERIFY(QImage(png) != QImage(otherPng));
    }

    void noPrintedPageHoldsAKey()
    {
        const Leaky leaky;
        leaky.enterKey();
        leaky.child<QDialog>(u"providersDialog"_s)->close();
        policy::PolicyDocument document = leaky.document();
        document.name = u"Kestrel is "_s + QLatin1String(kPlainKey);
        document.nodes[1].title = document.name;
        const QString path = leaky.folder.filePath(u"drawing.pdf"_s);
        QPdfWriter writer(path);
        writer.setTitle(u"Drawing"_s);
        QVERIFY(ui::printDrawing(document, writer, QDate::currentDate()));
        const QByteArray pdf = contents(path);
        const QString text = textOfPdf(pdf);
        QVERIFY2(text.contains(u"Kestrel is"_s), qPrintable(text));
        QCOMPARE(keyFoundIn(u"the page's text"_s, text.toUtf8()), QString());
        QCOMPARE(keyFoundIn(u"the page"_s, unpackedPdf(pdf)), QString());
    }

private:
    static QByteArray filesBelow(const QString &folder)
    {
        QByteArray all;
        QDirIterator each(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (each.hasNext())
            all += contents(each.next());
        return all;
    }

    std::unique_ptr<PrivateKeyring> m_keyring;
    QtMessageHandler m_formerHandler = nullptr;
};

QTEST_MAIN(TestWindowCanary)
#include "tst_window_canary.moc"
