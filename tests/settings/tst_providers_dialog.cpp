#include "tests/settings/fake_keyring.h"
#include "tests/support/scripted_server.h"
#include "tests/support/test_certificates.h"

#include "core/catalog/model_catalog.h"
#include "ui/common/message_bar.h"
#include "ui/common/theme.h"
#include "ui/settings/providers_dialog.h"

#include <QAction>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QSslConfiguration>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace headgate;
using namespace headgate::ui;
using namespace Qt::StringLiterals;
using test::FakeKeyring;
using test::Script;
using test::ScriptedServer;

namespace {

const QByteArray kKey = "sk-canary-4711";

Script answering(const QByteArray &status, const QByteArray &body)
{
    return Script().send("HTTP/1.1 " + status +
                         "\r\nContent-Type: application/json\r\nContent-Length: " +
                         QByteArray::number(body.size()) + "\r\n\r\n" + body);
}

// The real dialog over a keyring in memory and a server that does as it is told.
struct Bench
{
    explicit Bench(QList<Script> scripts = {answering("200 OK", R"({"data": [{"id": "m1"}]})")})
        : server(std::move(scripts))
        , configured(folder.filePath(u"providers.json"_s), keys,
                     std::make_unique<FakeKeyring>(keyring))
        , dialog(theme, configured, catalog)
    {
        dialog.show();
        QCoreApplication::processEvents();
    }

    template<typename Widget>
    Widget *find(const QString &name) const
    {
        return dialog.findChild<Widget *>(name);
    }
    QString text(const QString &label) const { return find<QLabel>(label)->text(); }
    void click(const QString &button) const
    {
        QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton);
    }
    void write(const QString &field, const QString &value) const
    {
        auto *edit = find<QLineEdit>(field);
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, value);
        QTest::keyClick(edit, Qt::Key_Return);
    }
    // One at the test's server, with its key to be in the keyring.
    void addOwn()
    {
        for (QAction *action : find<QPushButton>(u"addProvider"_s)->menu()->actions()) {
            if (action->objectName() == u"add_own"_s)
                action->trigger();
        }
        write(u"providerUrl"_s, server.url(u"/v1"_s).toString());
        auto *place = find<QComboBox>(u"keyPlace"_s);
        place->setCurrentIndex(0);
        Q_EMIT place->activated(0);
    }

    QTemporaryDir folder;
    ScriptedServer server;
    FakeKeyring::Contents keyring;
    providers::HeldKeys keys;
    catalog::ModelCatalog catalog;
    Theme theme;
    ConfiguredProviders configured;
    ProvidersDialog dialog;
};

} // namespace

class TestProvidersDialog final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutProvidersItSaysWhoAnswers()
    {
        const Bench bench;
        QVERIFY(bench.find<QListWidget>(u"providersList"_s)->count() == 0);
        bool said = false;
        for (const QLabel *label : bench.dialog.findChildren<QLabel *>())
            said |= label->isVisible() && label->text().contains(u"simulated fleet"_s);
        QVERIFY(said);
    }

    void everyPresetCanBeAdded()
    {
        Bench bench;
        const auto actions = bench.find<QPushButton>(u"addProvider"_s)->menu()->actions();
        int added = 0;
        for (QAction *action : actions) {
            if (action->isSeparator())
                continue;
            action->trigger();
            QCOMPARE(bench.configured.all().size(), ++added);
        }
        QVERIFY(added >= 16);
        QCOMPARE(bench.server.requests().size(), 0);
    }

    void aKeyIsEnteredTestedAndShowsNoWhere()
    {
        Bench bench;
        bench.addOwn();
        QVERIFY2(bench.text(u"keyState"_s).contains(u"keyring has no key"_s),
                 qPrintable(bench.text(u"keyState"_s)));
        QCOMPARE(bench.find<QLineEdit>(u"providerKey"_s)->echoMode(), QLineEdit::Password);
        // Who was held back for want of a key or credit is called again.
        QSignalSpy answered(&bench.configured, &ConfiguredProviders::answered);
        bench.write(u"providerKey"_s, QString::fromUtf8(kKey));
        QTRY_VERIFY2(bench.text(u"testResult"_s).startsWith(u"Reachable in"_s),
                     qPrintable(bench.text(u"testResult"_s)));
        QCOMPARE(answered.size(), 1);
        QVERIFY(bench.server.requests().value(0).contains("Bearer " + kKey));
        QCOMPARE(bench.keyring.keys.size(), 1);
        QVERIFY(bench.text(u"keyState"_s).contains(u"127.0.0.1"_s));
        QCOMPARE(bench.find<QTableView>(u"offeredModels"_s)->model()->rowCount(), 1);
        QVERIFY(bench.text(u"priceNote"_s).contains(u"unknown"_s));
        for (const QLabel *label : bench.dialog.findChildren<QLabel *>())
            QVERIFY(!label->text().contains(QString::fromUtf8(kKey)));
        QVERIFY(bench.find<QLineEdit>(u"providerKey"_s)->text().isEmpty());
    }

    void optionalHeadersStandBehindMore()
    {
        Bench bench;
        bench.addOwn();
        auto *field = bench.find<QLineEdit>(u"header_OpenAI-Project"_s);
        QVERIFY(!field->isVisible());
        auto *more = bench.find<QToolButton>(u"providerMore"_s);
        QTest::mouseClick(more, Qt::LeftButton);
        QVERIFY(field->isVisible());
        QCoreApplication::processEvents();
        auto *last = bench.find<QLineEdit>(u"header_X-Title"_s);
        QCOMPARE(last->visibleRegion().boundingRect(), last->rect()); // nothing of it is cut
        bench.write(u"header_OpenAI-Project"_s, u"proj-7"_s);
        QCOMPARE(bench.configured.all().first().headers,
                 (QMap<QString, QString>{{u"OpenAI-Project"_s, u"proj-7"_s}}));
        field->setText(u"caf\u00e9"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(bench.find<QLabel>(u"providerProblem"_s)->isVisible());
        QCOMPARE(bench.configured.all().first().headers.value(u"OpenAI-Project"_s), u"proj-7"_s);
        // Other protocols have none of them.
        auto *protocol = bench.find<QComboBox>(u"providerProtocol"_s);
        protocol->setCurrentIndex(protocol->findData(u"ollama"_s));
        Q_EMIT protocol->activated(protocol->currentIndex());
        QVERIFY(!more->isVisible() && !field->isVisible());
    }

    void whoMayVouchForAServerIsAFileBehindMore()
    {
        const auto certificates = test::TestCertificates::make();
        if (!certificates)
            QSKIP("needs the openssl tool to make certificates");
        const ScriptedServer secure({answering("200 OK", R"({"data": [{"id": "m1"}]})")},
                                    certificates->signedFor(u"IP:127.0.0.1"_s));
        Bench bench;
        bench.addOwn();
        auto *field = bench.find<QLineEdit>(u"providerCertificateFile"_s);
        QTest::mouseClick(bench.find<QToolButton>(u"providerMore"_s), Qt::LeftButton);
        QVERIFY(!field->isVisible()); // nobody vouches for plain HTTP
        bench.write(u"providerUrl"_s, secure.url(u"/v1"_s).toString());
        QVERIFY(field->isVisible());
        bench.write(u"providerKey"_s, QString::fromUtf8(kKey));
        QTRY_VERIFY2(bench.text(u"testResult"_s).contains(u"is not trusted"_s),
                     qPrintable(bench.text(u"testResult"_s)));

        bench.write(u"providerCertificateFile"_s, u"/none/such.pem"_s);
        QVERIFY(bench.text(u"providerProblem"_s).contains(u"certificate file “/none/such.pem”"_s));
        QVERIFY(bench.find<QLabel>(u"providerProblem"_s)->isVisible());
        QVERIFY(bench.configured.all().first().certificateFile.isEmpty());

        bench.click(u"chooseCertificateFile"_s);
        auto *dialog = field->parentWidget()->findChild<QFileDialog *>();
        QVERIFY(dialog);
        Q_EMIT dialog->fileSelected(certificates->authorityFile());
        dialog->reject();
        QCOMPARE(bench.configured.all().first().certificateFile, certificates->authorityFile());
        QVERIFY(!bench.find<QLabel>(u"providerProblem"_s)->isVisible());
        bench.click(u"testProvider"_s);
        QTRY_VERIFY2(bench.text(u"testResult"_s).startsWith(u"Reachable in"_s),
                     qPrintable(bench.text(u"testResult"_s)));

        field->setFocus();
        field->selectAll();
        QTest::keyClick(field, Qt::Key_Delete);
        QVERIFY(bench.configured.all().first().certificateFile.isEmpty());
    }

    void oneCallIsTriedOnlyWhenAskedForAndWhatItTaughtIsKept()
    {
        Bench bench({answering("200 OK", R"({"data": [{"id": "m1"}, {"id": "m2"}]})"),
                     answering("400 Bad Request",
                               R"({"error": {"message": "Unsupported parameter: max_tokens"}})")});
        bench.addOwn();
        bench.write(u"providerKey"_s, QString::fromUtf8(kKey));
        QTRY_VERIFY(bench.text(u"testResult"_s).startsWith(u"Reachable in"_s));
        QCOMPARE(bench.server.requests().size(), 1); // the list, which costs nothing
        QVERIFY(bench.text(u"probeResult"_s).startsWith(u"Not tried yet"_s));
        bench.find<QTableView>(u"offeredModels"_s)->selectRow(1);
        bench.click(u"probeCall"_s);
        QTRY_VERIFY2(bench.text(u"probeResult"_s).contains(u"sent as max_completion_tokens"_s),
                     qPrintable(bench.text(u"probeResult"_s)));
        QCOMPARE(bench.server.requests().size(), 2);
        QVERIFY(bench.server.requests().last().contains("\"model\":\"m2\""));
        QCOMPARE(bench.configured.all().first().dialect.maxTokensField,
                 providers::Dialect::MaxTokensField::MaxCompletionTokens);
    }

    void nothingIsSqueezedWhereThePageIsTooSmall()
    {
        Bench bench;
        bench.addOwn();
        bench.write(u"providerKey"_s, QString::fromUtf8(kKey));
        QTRY_VERIFY(bench.text(u"testResult"_s).startsWith(u"Reachable in"_s));
        const int usual = bench.find<QLineEdit>(u"providerName"_s)->height();
        bench.write(u"providerUrl"_s, u"https://127.0.0.1:9/v1"_s);
        bench.dialog.resize(760, 420);
        QTest::mouseClick(bench.find<QToolButton>(u"providerMore"_s), Qt::LeftButton);
        QCoreApplication::processEvents();
        for (const QString &name : {u"providerName"_s, u"providerUrl"_s, u"header_X-Title"_s,
                                    u"providerCertificateFile"_s})
            QCOMPARE(bench.find<QLineEdit>(name)->height(), usual);
        // What gets the focus comes into view.
        auto *last = bench.find<QLineEdit>(u"providerCertificateFile"_s);
        auto *before = bench.find<QLineEdit>(u"header_X-Title"_s);
        before->setFocus();
        QTest::keyClick(before, Qt::Key_Tab);
        QVERIFY(last->hasFocus());
        QTRY_COMPARE(last->visibleRegion().boundingRect(), last->rect());
    }

    void theResultOfATestGoesWithTheAddressThatWasTested()
    {
        Bench bench;
        bench.addOwn();
        bench.write(u"providerKey"_s, QString::fromUtf8(kKey));
        QTRY_VERIFY(bench.text(u"testResult"_s).startsWith(u"Reachable in"_s));
        bench.write(u"providerName"_s, u"renamed"_s);
        QVERIFY(bench.text(u"testResult"_s).startsWith(u"Reachable in"_s));
        bench.write(u"providerUrl"_s, u"https://models.example/v1"_s);
        QCOMPARE(bench.text(u"testResult"_s), QString());
        QVERIFY(!bench.find<QTableView>(u"offeredModels"_s)->isVisible());
    }

    void aServerThatAsksForNoKeyIsSaidToAskForNone()
    {
        Bench bench;
        bench.addOwn();
        auto *place = bench.find<QComboBox>(u"keyPlace"_s);
        place->setCurrentIndex(2);
        Q_EMIT place->activated(2);
        bench.click(u"testProvider"_s);
        QTRY_VERIFY2(bench.text(u"testResult"_s).contains(u"no key is asked for"_s),
                     qPrintable(bench.text(u"testResult"_s)));
    }

    void aRefusedKeyIsSaidPlainly()
    {
        Bench bench({answering("401 Unauthorized", R"({"error": {"message": "wrong key"}})")});
        bench.addOwn();
        QSignalSpy answered(&bench.configured, &ConfiguredProviders::answered);
        bench.write(u"providerKey"_s, QString::fromUtf8(kKey));
        QTRY_VERIFY2(bench.text(u"testResult"_s).contains(u"key is not accepted"_s),
                     qPrintable(bench.text(u"testResult"_s)));
        QCOMPARE(answered.size(), 0);
        QVERIFY(!bench.find<QTableView>(u"offeredModels"_s)->isVisible());
    }

    void whereNoKeyringRunsTheEnvironmentIsOffered()
    {
        Bench bench;
        bench.keyring.runs = false;
        bench.addOwn();
        bench.write(u"providerKey"_s, QString::fromUtf8(kKey));
        auto *message = bench.find<MessageBar>(u"providersMessage"_s);
        QTRY_VERIFY(message->isVisible());
        QVERIFY2(message->sentence().contains(u"No keyring"_s), qPrintable(message->sentence()));
        QTRY_VERIFY(bench.text(u"testResult"_s).startsWith(u"Reachable"_s));
    }

    void aVariableIsNamedInsteadOfAKey()
    {
        Bench bench;
        bench.addOwn();
        auto *place = bench.find<QComboBox>(u"keyPlace"_s);
        place->setCurrentIndex(1);
        Q_EMIT place->activated(1);
        bench.write(u"providerVariable"_s, u"HEADGATE_NO_SUCH_KEY"_s);
        QCOMPARE(bench.configured.all().first().keyVariable, u"HEADGATE_NO_SUCH_KEY"_s);
        QVERIFY(!bench.configured.all().first().keyInKeyring);
        QVERIFY(bench.text(u"keyState"_s).contains(u"HEADGATE_NO_SUCH_KEY"_s));
    }

    void anAddressThatWouldCarryTheKeyInTheClearIsRefused()
    {
        Bench bench;
        bench.addOwn();
        const QUrl before = bench.configured.all().first().baseUrl;
        bench.write(u"providerUrl"_s, u"http://api.example/v1"_s);
        QCOMPARE(bench.configured.all().first().baseUrl, before);
        QVERIFY(bench.find<QLabel>(u"providerProblem"_s)->isVisible());
        QVERIFY(bench.find<QWidget>(u"providerPlainHttp"_s)->isVisible());
    }

    void aPriceOfOnesOwnLeavesForTheLedger()
    {
        Bench bench;
        bench.addOwn();
        bench.write(u"providerKey"_s, QString::fromUtf8(kKey));
        auto *table = bench.find<QTableView>(u"offeredModels"_s);
        QTRY_COMPARE(table->model()->rowCount(), 1);
        QSignalSpy edited(&bench.dialog, &ProvidersDialog::priceEdited);
        QVERIFY(table->model()->setData(table->model()->index(0, 1), u"0.25"_s));
        QCOMPARE(edited.size(), 1);
        QCOMPARE(edited[0][1].toString(), u"m1"_s);
        QCOMPARE(edited[0][2].value<Price>().input, Money::fromUsd(0.25).value());
        QVERIFY(!table->model()->setData(table->model()->index(0, 1), u"-1"_s));
        QVERIFY(!table->model()->setData(table->model()->index(0, 1), u"much"_s));
    }
};

QTEST_MAIN(TestProvidersDialog)
#include "tst_providers_dialog.moc"
