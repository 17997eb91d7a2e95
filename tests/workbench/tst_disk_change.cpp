#include "app/workbench/compare_dialog.h"
#include "app/workbench/open_documents.h"
#include "shown_window.h"

#include <QSignalSpy>
#include <QToolButton>

#include <sys/mount.h>
#include <unistd.h>

using namespace headgate;
using namespace headgate::test;
using namespace headgate::workbench;

class TestDiskChange final : public QObject
{
    Q_OBJECT

private:
    // A window with one policy from a file.
    struct Opened : ShownWindow
    {
        QString path = makePolicy(u"support"_s);

        Opened() { window->openPath(path); }
        DocumentSession &document() const { return window->session(); }
        ui::MessageBar *bar() const { return child<ui::MessageBar>(u"documentBar"_s); }
        // As an editor does it: another file takes its place.
        void replaceFile(const QString &name) const
        {
            policy::PolicyDocument document = policy::readPolicyFile(path)->document;
            document.name = name;
            put(path + u".new"_s, policy::formatPolicy(document));
            if (::rename(qPrintable(path + u".new"_s), qPrintable(path)) != 0)
                qFatal("cannot replace the file");
        }
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

    // A file system of `kib`, mounted in the folder; empty where that is not allowed here.
    struct SmallDisk
    {
        QString at;
        SmallDisk(const QTemporaryDir &folder, int kib, bool readOnly = false)
        {
            const QString place = folder.filePath(u"small"_s);
            QDir().mkpath(place);
            const QByteArray size = "size=" + QByteArray::number(kib) + "k";
            if (::mount("none", qPrintable(place), "tmpfs", readOnly ? MS_RDONLY : 0, size) == 0)
                at = place;
        }
        ~SmallDisk()
        {
            if (!at.isEmpty())
                ::umount(qPrintable(at));
        }
    };

private Q_SLOTS:
    void aFileThatAnotherProgramReplacedIsNoticed()
    {
        Opened opened;
        QVERIFY(!opened.bar()->isVisible());
        opened.replaceFile(u"theirs"_s);
        QTRY_VERIFY(opened.bar()->isVisible());
        QVERIFY(opened.bar()->sentence().contains(u"changed on disk"_s));
        QCOMPARE(opened.document().editor().document().name, u"support"_s);
        opened.choose(u"Reload"_s);
        QVERIFY(!opened.bar()->isVisible());
        QCOMPARE(opened.document().editor().document().name, u"theirs"_s);
        QVERIFY(!opened.document().isEdited());
        // A second replacement is noticed as the first.
        opened.replaceFile(u"theirs again"_s);
        QTRY_VERIFY(opened.bar()->isVisible());
    }

    void aFileWrittenInPlaceIsNoticed()
    {
        Opened opened;
        QByteArray text = contents(opened.path);
        put(opened.path, text.replace("\"support\"", "\"changed\""));
        QTRY_VERIFY(opened.bar()->isVisible());
    }

    void ownSavesAndTouchesAreNoChanges()
    {
        Opened opened;
        QSignalSpy saved(&opened.document(), &DocumentSession::saved);
        edit(opened.document(), u"mine"_s);
        opened.press(Qt::Key_S, Qt::ControlModifier);
        QCOMPARE(saved.size(), 1);
        put(opened.path, contents(opened.path));
        QTest::qWait(400); // longer than the watch waits
        QVERIFY(!opened.bar()->isVisible());
        QCOMPARE(opened.document().diskChange(true), DiskState::Change::None);
    }

    void reloadingCanBeUndone()
    {
        Opened opened;
        edit(opened.document(), u"mine"_s);
        opened.replaceFile(u"theirs"_s);
        QTRY_VERIFY(opened.bar()->isVisible());
        QVERIFY(opened.bar()->sentence().contains(u"unsaved edits"_s));
        opened.choose(u"Reload"_s);
        QCOMPARE(opened.document().editor().document().name, u"theirs"_s);
        opened.press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(opened.document().editor().document().name, u"mine"_s);
        QVERIFY(opened.document().isEdited());
    }

    void keepMineSavesOverItWithoutFurtherQuestions()
    {
        Opened opened;
        opened.replaceFile(u"theirs"_s);
        QTRY_VERIFY(opened.bar()->isVisible());
        opened.choose(u"Keep mine"_s);
        QVERIFY(!opened.bar()->isVisible());
        QVERIFY(opened.document().isEdited());
        opened.press(Qt::Key_S, Qt::ControlModifier);
        QVERIFY(!opened.document().isEdited());
        QCOMPARE(policy::readPolicyFile(opened.path)->document.name, u"support"_s);
        QCOMPARE(policy::readPolicyFile(opened.path + u".bak"_s)->document.name, u"theirs"_s);
    }

    void neverWritesOverAChangeUnasked()
    {
        Opened opened;
        edit(opened.document(), u"mine"_s);
        opened.replaceFile(u"theirs"_s);
        opened.press(Qt::Key_S, Qt::ControlModifier); // before the watch could notice
        QTRY_VERIFY(openBox());
        QCOMPARE(openBox()->defaultButton(), openBox()->button(QMessageBox::Cancel));
        QTest::keyClick(openBox(), Qt::Key_Return);
        QCOMPARE(policy::readPolicyFile(opened.path)->document.name, u"theirs"_s);
        QVERIFY(opened.document().isEdited());
        QVERIFY(!opened.document().save());
        QCOMPARE(policy::readPolicyFile(opened.path)->document.name, u"theirs"_s);
        opened.press(Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(openBox());
        QTest::mouseClick(openBox()->findChild<QPushButton *>(u"saveOver"_s), Qt::LeftButton);
        QCOMPARE(policy::readPolicyFile(opened.path)->document.name, u"mine"_s);
        QVERIFY(!opened.document().isEdited());
    }

    void comparesWithoutChangingAnything()
    {
        Opened opened;
        opened.replaceFile(u"theirs"_s);
        QTRY_VERIFY(opened.bar()->isVisible());
        opened.choose(u"Compare"_s);
        QVERIFY(opened.child<CompareDialog>(u"compareDialog"_s)->isVisible());
        QVERIFY(opened.bar()->isVisible());
        QCOMPARE(opened.document().editor().document().name, u"support"_s);
    }

    void aRemovedFileIsSaidAndCanBeSavedAgain()
    {
        Opened opened;
        QVERIFY(QFile::remove(opened.path));
        QTRY_VERIFY(opened.bar()->isVisible());
        QVERIFY(opened.bar()->sentence().contains(u"no longer on disk"_s));
        opened.choose(u"Save it again"_s);
        QVERIFY(!opened.bar()->isVisible());
        QCOMPARE(policy::readPolicyFile(opened.path)->document.name, u"support"_s);
    }

    void aReloadThatFailsLeavesThePolicyAlone()
    {
        Opened opened;
        put(opened.path, "{ half a pol");
        QTRY_VERIFY(opened.bar()->isVisible());
        const policy::PolicyDocument before = opened.document().editor().document();
        opened.choose(u"Reload"_s);
        QVERIFY(opened.isSaid(u"cannot be opened"_s));
        QCOMPARE(opened.document().editor().document(), before);
        QVERIFY(opened.bar()->isVisible()); // the choice stays
    }

    void revertingIsOneStepOfUndo()
    {
        Opened opened;
        edit(opened.document(), u"one"_s);
        edit(opened.document(), u"two"_s);
        opened.action(u"Revert to saved"_s)->trigger();
        QCOMPARE(opened.document().editor().document().name, u"support"_s);
        QVERIFY(!opened.document().isEdited());
        opened.press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(opened.document().editor().document().name, u"two"_s);
    }

    void aFileOfANewerVersionSaysSoAndIsNotSavedOver()
    {
        Opened opened;
        const QString newer = opened.makePolicy(u"newer"_s);
        QByteArray text = contents(newer);
        put(newer, text.replace("\"version\": 1", "\"version\": 99"));
        opened.window->openPath(newer);
        QVERIFY(opened.bar()->isVisible());
        QVERIFY(opened.bar()->sentence().contains(u"newer version"_s));
        // The bar is of this document only.
        opened.press(Qt::Key_Tab, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(!opened.bar()->isVisible());
        opened.press(Qt::Key_Tab, Qt::ControlModifier);
        QVERIFY(opened.bar()->isVisible());
        QVERIFY(!opened.document().save());
        QCOMPARE(contents(newer), text);
    }

    void aFullDiskIsSaidAndNothingIsLost()
    {
        Opened opened;
        const SmallDisk disk(opened.folder, 64);
        if (disk.at.isEmpty())
            QSKIP("a small file system cannot be mounted here");
        const QString path = disk.at + u"/mine.headgate"_s;
        QVERIFY(opened.document().saveAs(path));
        const QByteArray before = contents(path);
        edit(opened.document(), QString(100'000, u'x'));
        opened.press(Qt::Key_S, Qt::ControlModifier);
        QVERIFY(opened.isSaid(u"disk is full"_s));
        QVERIFY(opened.document().isEdited());
        QCOMPARE(contents(path), before);
        QCOMPARE(opened.document().editor().document().name.size(), 100'000);
    }

    void aReadOnlyFolderIsSaidAndNothingIsLost()
    {
        Opened opened;
        const SmallDisk disk(opened.folder, 64, true);
        if (disk.at.isEmpty())
            QSKIP("a read-only file system cannot be mounted here");
        edit(opened.document(), u"mine"_s);
        QVERIFY(!opened.document().saveAs(disk.at + u"/mine.headgate"_s));
        QVERIFY(opened.document().isEdited());
        QCOMPARE(opened.document().path(), opened.path);
    }
};

QTEST_MAIN(TestDiskChange)
#include "tst_disk_change.moc"
