#include "ui/common/settings.h"
#include "ui/common/shortcuts.h"
#include "ui/common/theme.h"
#include "ui/settings/key_field.h"
#include "ui/settings/shortcuts_dialog.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace headgate::ui;
using namespace Qt::StringLiterals;

namespace {

struct Bench
{
    Bench()
        : settings(folder.filePath(u"settings.ini"_s))
        , shortcuts(settings)
    {
        make(save, u"&Save…"_s, u"file-save"_s, {QKeySequence(u"Ctrl+S"_s)});
        make(redo, u"&Redo"_s, u"edit-redo"_s,
             {QKeySequence(u"Ctrl+Shift+Z"_s), QKeySequence(u"Ctrl+Y"_s)});
        make(plain, u"No keys"_s, u"plain"_s, {});
    }
    void make(QAction &action, const QString &text, const QString &id,
              const QList<QKeySequence> &keys)
    {
        action.setText(text);
        action.setObjectName(id);
        action.setShortcuts(keys);
        shortcuts.add(u"File"_s, &action);
    }

    QTemporaryDir folder;
    Settings settings;
    Shortcuts shortcuts;
    QAction save;
    QAction redo;
    QAction plain;
};

} // namespace

class TestShortcuts final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsChangedHoldsAtOnceAndAtTheNextStart()
    {
        Bench bench;
        QSignalSpy changed(&bench.shortcuts, &Shortcuts::changed);
        bench.shortcuts.setKeys(u"file-save"_s, {QKeySequence(u"Ctrl+Alt+S"_s)});
        QCOMPARE(bench.save.shortcut(), QKeySequence(u"Ctrl+Alt+S"_s));
        QCOMPARE(changed.size(), 1);
        Shortcuts again(bench.settings);
        QAction save;
        save.setObjectName(u"file-save"_s);
        save.setShortcut(QKeySequence(u"Ctrl+S"_s));
        again.add(u"File"_s, &save);
        QCOMPARE(save.shortcut(), QKeySequence(u"Ctrl+Alt+S"_s));
        again.reset(u"file-save"_s);
        QCOMPARE(save.shortcut(), QKeySequence(u"Ctrl+S"_s));
        QVERIFY(bench.settings.get(settings::kChangedKeys).isEmpty());
    }

    void takenAwayKeysStayAway()
    {
        Bench bench;
        bench.shortcuts.setKeys(u"file-save"_s, {});
        Shortcuts again(bench.settings);
        QAction save;
        save.setObjectName(u"file-save"_s);
        save.setShortcut(QKeySequence(u"Ctrl+S"_s));
        again.add(u"File"_s, &save);
        QVERIFY(save.shortcuts().isEmpty());
    }

    void aSecondActionOfTheSameIdFollows()
    {
        Bench bench;
        bench.shortcuts.setKeys(u"file-save"_s, {QKeySequence(u"F4"_s)});
        QAction other;
        other.setObjectName(u"file-save"_s);
        other.setShortcut(QKeySequence(u"Ctrl+S"_s));
        bench.shortcuts.add(u"File"_s, &other);
        QCOMPARE(other.shortcut(), QKeySequence(u"F4"_s));
        bench.shortcuts.resetAll();
        QCOMPARE(other.shortcut(), QKeySequence(u"Ctrl+S"_s));
        QCOMPARE(bench.save.shortcut(), QKeySequence(u"Ctrl+S"_s));
        QCOMPARE(bench.shortcuts.entries().size(), 3);
    }

    void conflictsAreFoundAmongAllKeys()
    {
        Bench bench;
        const auto taken = bench.shortcuts.conflict(u"plain"_s, QKeySequence(u"Ctrl+Y"_s));
        QVERIFY(taken);
        QCOMPARE(taken->text, u"Redo"_s);
        QVERIFY(!bench.shortcuts.conflict(u"edit-redo"_s, QKeySequence(u"Ctrl+Y"_s)));
        QVERIFY(!bench.shortcuts.conflict(u"plain"_s, QKeySequence(u"F9"_s)));
    }

    void textsLoseMnemonicsAndDots()
    {
        QCOMPARE(plainActionText(u"Save &as…"_s), u"Save as"_s);
        QCOMPARE(plainActionText(u"Cut && paste..."_s), u"Cut & paste"_s);
    }

    void theDialogChangesByKeysAndRefusesTakenOnes()
    {
        Bench bench;
        ShortcutsDialog dialog(bench.shortcuts);
        dialog.show();
        dialog.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        auto *search = dialog.findChild<QLineEdit *>(u"shortcutSearch"_s);
        QTest::keyClicks(search, u"no keys"_s);
        const auto *table = dialog.findChild<QTableView *>(u"shortcutTable"_s);
        QCOMPARE(table->model()->rowCount(), 1);
        auto *keys = dialog.findChild<KeyField *>(u"shortcutKeys"_s);
        keys->setFocus();
        QTest::keyClick(keys, Qt::Key_S, Qt::ControlModifier);
        QVERIFY(bench.plain.shortcuts().isEmpty());
        const auto *sentence = dialog.findChild<QLabel *>(u"shortcutSentence"_s);
        QVERIFY2(sentence->text().contains(u"“Save”"_s), qPrintable(sentence->text()));
        QTest::keyClick(keys, Qt::Key_F9, Qt::ShiftModifier);
        QCOMPARE(bench.plain.shortcut(), QKeySequence(u"Shift+F9"_s));
        QCOMPARE(keys->text(), u"Shift+F9"_s);
        QTest::keyClick(keys, Qt::Key_Backspace);
        QVERIFY(bench.plain.shortcuts().isEmpty());
        QTest::keyClick(keys, Qt::Key_Tab);
        QVERIFY(!keys->hasFocus());
    }

    void oneOfSeveralKeysIsReplacedAndTheOtherStays()
    {
        Bench bench;
        ShortcutsDialog dialog(bench.shortcuts);
        dialog.show();
        QTest::keyClicks(dialog.findChild<QLineEdit *>(u"shortcutSearch"_s), u"redo"_s);
        QTest::keyClick(dialog.findChild<KeyField *>(u"shortcutKeys"_s), Qt::Key_F8);
        QCOMPARE(bench.redo.shortcuts(),
                 (QList<QKeySequence>{QKeySequence(u"F8"_s), QKeySequence(u"Ctrl+Y"_s)}));
        QTest::mouseClick(dialog.findChild<QPushButton *>(u"shortcutReset"_s), Qt::LeftButton);
        QCOMPARE(bench.redo.shortcuts().first(), QKeySequence(u"Ctrl+Shift+Z"_s));
        QVERIFY(!dialog.findChild<QPushButton *>(u"shortcutReset"_s)->isEnabled());
    }
};

QTEST_MAIN(TestShortcuts)
#include "tst_shortcuts.moc"
