#include "app/workbench/compare_dialog.h"
#include "app/workbench/open_documents.h"
#include "app/workbench/recovery_keeper.h"
#include "app/workbench/recovery_writer.h"
#include "shown_window.h"
#include "tests/support/scarcity.h"

#include <QSignalSpy>
#include <QToolButton>
#include <QTreeWidget>

using namespace headgate;
using namespace headgate::test;
using namespace headgate::workbench;

class TestRecovery final : public QObject
{
    Q_OBJECT

private:
    struct Kept : ShownWindow
    {
        QStringList files() const
        {
            QStringList found;
            QDirIterator each(options().recoveryPath, QDir::Files | QDir::Hidden,
                              QDirIterator::Subdirectories);
            while (each.hasNext()) {
                if (const QString file = each.next(); file.endsWith(u".recovery"_s))
                    found.append(file);
            }
            return found;
        }
        RecoveryRecord record() const
        {
            const auto parsed = parseRecovery(contents(files().value(0)));
            return parsed ? *parsed : RecoveryRecord();
        }
        // The window goes as by a kill, and comes again.
        void crash()
        {
            window.reset();
            show();
        }
        ui::MessageBar *bar() const { return child<ui::MessageBar>(u"recoveryBar"_s); }
        void choose(const QString &text) const
        {
            for (QPushButton *button : bar()->findChildren<QPushButton *>()) {
                if (button->isVisible() && button->text() == text) {
                    QTest::mouseClick(button, Qt::LeftButton);
                    return;
                }
            }
            qFatal("the bar does not offer %s", qPrintable(text));
        }
    };

private Q_SLOTS:
    void aRecordIsReadAsItWasWritten()
    {
        RecoveryRecord record{.path = u"/tmp/ä b.headgate"_s,
                              .source = u"/tmp/ä b.headgate"_s,
                              .name = u"ä b.headgate"_s,
                              .at = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123),
                              .edits = 7,
                              .document = {}};
        record.document.name = u"line\nbreak"_s;
        record.document.nodes = {{.id = {u"q"_s}, .kind = u"query"_s}};
        const QByteArray text = formatRecovery(record);
        const auto read = parseRecovery(text);
        QVERIFY(read);
        QCOMPARE(*read, record);
        QVERIFY(text.endsWith(policy::formatPolicy(record.document)));
        for (qsizetype size = 0; size < text.size(); ++size)
            QVERIFY2(!parseRecovery(text.left(size)), qPrintable(QString::number(size)));
        QVERIFY(!parseRecovery("{\"format\": \"headgate.policy\"}\n"));
        QByteArray newer = text;
        newer.replace("\"version\":1", "\"version\":9");
        QCOMPARE(parseRecovery(newer).error().code, ErrorCode::UnsupportedVersion);
    }

    void anEditIsKeptAndASaveLeavesNothing()
    {
        Kept kept;
        const QString path = kept.makePolicy(u"support"_s);
        kept.window->openPath(path);
        QVERIFY(kept.files().isEmpty());
        edit(kept.window->session(), u"one"_s);
        QTRY_COMPARE(kept.files().size(), 1);
        QCOMPARE(kept.record().document, kept.window->session().editor().document());
        QCOMPARE(kept.record().path, path);
        QCOMPARE(kept.record().edits, 1);
        edit(kept.window->session(), u"two"_s);
        edit(kept.window->session(), u"three"_s);
        QTRY_COMPARE(kept.record().edits, 3);
        QCOMPARE(kept.record().document.name, u"three"_s);
        kept.press(Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(kept.files().isEmpty());
    }

    void isWrittenAtMostOnceASecond()
    {
        Kept kept;
        QFileSystemWatcher watcher;
        QElapsedTimer timer;
        timer.start();
        QSet<QByteArray> states;
        int number = 0;
        while (timer.elapsed() < 2400) {
            edit(kept.window->session(), u"edit %1"_s.arg(++number));
            QTest::qWait(20);
            if (const QStringList files = kept.files(); !files.isEmpty())
                states.insert(contents(files.first()));
        }
        states.remove({});
        QVERIFY2(states.size() >= 2 && states.size() <= 3,
                 qPrintable(QString::number(states.size())));
        QVERIFY(number > 20);
    }

    void undoToTheSavedStateLeavesNothing()
    {
        Kept kept;
        edit(kept.window->session(), u"one"_s);
        QTRY_COMPARE(kept.files().size(), 1);
        kept.press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(kept.files().isEmpty());
    }

    void aCleanExitLeavesNothing()
    {
        Kept kept;
        edit(kept.window->session(), u"one"_s);
        QTRY_COMPARE(kept.files().size(), 1);
        kept.window->close();
        QTRY_VERIFY(openBox());
        QTest::mouseClick(openBox()->findChild<QPushButton *>(u"goOn"_s), Qt::LeftButton);
        QTRY_VERIFY(!kept.window->isVisible());
        QVERIFY(kept.files().isEmpty());
        kept.window.reset();
        QVERIFY(QDir(kept.options().recoveryPath)
                    .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)
                    .isEmpty());
    }

    void closingATabDiscardsWhatWasKeptOfIt()
    {
        Kept kept;
        kept.press(Qt::Key_N, Qt::ControlModifier);
        edit(kept.window->session(), u"mine"_s);
        QTRY_COMPARE(kept.files().size(), 1);
        kept.press(Qt::Key_W, Qt::ControlModifier);
        QTRY_VERIFY(openBox());
        QTest::mouseClick(openBox()->button(QMessageBox::Discard), Qt::LeftButton);
        QTRY_VERIFY(kept.files().isEmpty());
        QCOMPARE(kept.window->documents().all().size(), 1);
    }

    void comparesWithTheFileOnDisk()
    {
        Kept kept;
        const QString path = kept.makePolicy(u"support"_s);
        kept.window->openPath(path);
        edit(kept.window->session(), u"renamed"_s);
        kept.crash();
        QVERIFY(kept.bar()->isVisible());
        QVERIFY(kept.bar()->sentence().contains(u"support.headgate"_s));
        kept.choose(u"Compare"_s);
        QVERIFY(kept.bar()->isVisible());
        auto *dialog = kept.child<CompareDialog>(u"compareDialog"_s);
        QVERIFY(dialog && dialog->isVisible() && !dialog->isModal());
        auto *list = dialog->findChild<QTreeWidget *>();
        QCOMPARE(list->topLevelItem(0)->child(0)->text(0), u"Name: support → renamed."_s);
        for (QPushButton *button : dialog->findChildren<QPushButton *>()) {
            if (button->text() == u"Restore"_s)
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QCOMPARE(kept.window->session().editor().document().name, u"renamed"_s);
        QVERIFY(!kept.bar()->isVisible());
        QTRY_VERIFY(!kept.child<CompareDialog>(u"compareDialog"_s));
    }

    void decliningChangesNothingOnDisk()
    {
        Kept kept;
        const QString path = kept.makePolicy(u"support"_s);
        const QByteArray before = contents(path);
        kept.window->openPath(path);
        edit(kept.window->session(), u"renamed"_s);
        kept.crash();
        // Not now: it is offered again.
        QTest::mouseClick(kept.bar()->findChild<QToolButton *>(), Qt::LeftButton);
        QCOMPARE(kept.files().size(), 1);
        kept.crash();
        kept.choose(u"Discard"_s);
        QTRY_VERIFY(openBox());
        QCOMPARE(openBox()->defaultButton(), openBox()->button(QMessageBox::Cancel));
        QTest::keyClick(openBox(), Qt::Key_Return);
        QCOMPARE(kept.files().size(), 1);
        QVERIFY(kept.bar()->isVisible());
        kept.choose(u"Discard"_s);
        QTRY_VERIFY(openBox());
        QTest::mouseClick(openBox()->button(QMessageBox::Discard), Qt::LeftButton);
        QTRY_VERIFY(kept.files().isEmpty());
        QVERIFY(!kept.bar()->isVisible());
        QCOMPARE(contents(path), before);
        kept.crash();
        QVERIFY(!kept.bar()->isVisible());
    }

    void aCopyOfAnExampleReturnsInItsTab()
    {
        Kept kept;
        edit(kept.window->session(), u"mine"_s); // the worked example
        kept.crash();
        QCOMPARE(kept.window->documents().all().size(), 1);
        kept.choose(u"Compare"_s);
        auto *list = kept.child<CompareDialog>(u"compareDialog"_s)->findChild<QTreeWidget *>();
        QCOMPARE(list->topLevelItem(0)->childCount(), 1); // its name, and nothing else
        kept.choose(u"Restore"_s);
        QCOMPARE(kept.window->documents().all().size(), 1);
        QCOMPARE(kept.window->session().editor().document().name, u"mine"_s);
        kept.press(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(!kept.window->session().isEdited());
    }

    void offersSeveralOneAfterTheOtherOrAllAtOnce()
    {
        Kept kept;
        kept.window->openPath(kept.makePolicy(u"first"_s));
        edit(kept.window->session(), u"first changed"_s);
        kept.window->openPath(kept.makePolicy(u"second"_s));
        edit(kept.window->session(), u"second changed"_s);
        kept.press(Qt::Key_N, Qt::ControlModifier);
        edit(kept.window->session(), u"third"_s);
        kept.crash();
        kept.choose(u"Restore"_s);
        QVERIFY(kept.bar()->isVisible());
        kept.choose(u"Restore all"_s);
        QVERIFY(!kept.bar()->isVisible());
        QStringList names;
        for (const DocumentSession *document : kept.window->documents().edited())
            names.append(document->editor().document().name);
        names.sort();
        QCOMPARE(names, QStringList({u"first changed"_s, u"second changed"_s, u"third"_s}));
    }

    void aDamagedRecoveryFileIsLeftAlone()
    {
        Kept kept;
        edit(kept.window->session(), u"mine"_s);
        QTRY_COMPARE(kept.files().size(), 1);
        kept.window.reset();
        const QString file = kept.files().first();
        put(file, contents(file).left(40));
        kept.show();
        QVERIFY(!kept.bar()->isVisible());
        QCOMPARE(kept.files().size(), 1);
    }

    void withoutAThreadEditsAreKeptAllTheSame()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"r.json"_s);
        const NoThreads none;
        RecoveryWriter writer;
        RecoveryRecord record;
        record.document.name = u"edit 1"_s;
        writer.write(file, record);
        writer.finish();
        QVERIFY(contents(file).contains("edit 1"));
        writer.remove(file);
        QVERIFY(!QFile::exists(file));
    }

    void saysThatEditsCannotBeKept()
    {
        Kept kept;
        // The folder is gone under its window.
        QVERIFY(QDir(kept.options().recoveryPath).removeRecursively());
        edit(kept.window->session(), u"mine"_s);
        QTRY_VERIFY(kept.isSaid(u"cannot be kept for recovery"_s));
        QVERIFY(kept.window->session().isEdited());
    }
};

QTEST_MAIN(TestRecovery)
#include "tst_recovery.moc"
