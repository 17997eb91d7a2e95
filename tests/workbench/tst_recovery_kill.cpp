#include "shown_window.h"

#include <QProcess>
#include <QRandomGenerator>

#include <csignal>

using namespace headgate;
using namespace headgate::test;
using namespace headgate::workbench;

namespace {

// The promise is a second; the rest is one write on a machine that has other work.
constexpr qint64 kPromiseMs = 1000;
constexpr qint64 kOneWriteMs = 700;

struct Edit
{
    int number = 0;
    qint64 atMs = 0;
};

// The edits that the process said it had made; it was killed after at least `edits` of them and a
// further pause.
struct Killed
{
    QList<Edit> edits;
    qint64 atMs = 0;
};

std::optional<Killed> editUntilKilled(const QStringList &arguments, qsizetype edits, int pauseMs)
{
    QProcess child;
    child.start(QStringLiteral(RECOVERY_CHILD), arguments);
    if (!child.waitForStarted())
        return std::nullopt;
    QByteArray said;
    while (said.count('\n') < edits && child.waitForReadyRead(20'000))
        said += child.readAll();
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < pauseMs)
        child.waitForReadyRead(int(qMax<qint64>(1, pauseMs - timer.elapsed())));
    Killed killed;
    killed.atMs = QDateTime::currentMSecsSinceEpoch();
    ::kill(pid_t(child.processId()), SIGKILL);
    child.waitForFinished();
    if (child.exitStatus() != QProcess::CrashExit)
        return std::nullopt;
    said += child.readAll();
    said.truncate(said.lastIndexOf('\n') + 1);
    for (const QByteArray &line : said.split('\n').mid(0, said.count('\n'))) {
        const QList<QByteArray> words = line.split(' ');
        killed.edits.append({words.value(0).toInt(), words.value(1).toLongLong()});
    }
    return killed;
}

} // namespace

class TestRecoveryKill final : public QObject
{
    Q_OBJECT

private:
    static QStringList argumentsFor(const ShownWindow &shown, const QString &file, int edits)
    {
        return {shown.options().recoveryPath, shown.folder.filePath(u"child.ini"_s), file,
                QString::number(edits)};
    }

private Q_SLOTS:
    void aKillAmidEditsLosesNoEditOlderThanASecond()
    {
        ShownWindow shown;
        const QString path = shown.makePolicy(u"support"_s);
        const QByteArray saved = contents(path);
        QRandomGenerator random(20261124);
        qint64 worst = 0;
        for (int kill = 0; kill < 5; ++kill) {
            const auto killed =
                editUntilKilled(argumentsFor(shown, path, 0), 45, int(random.bounded(1500)));
            QVERIFY(killed);
            shown.window.reset();
            shown.show();
            auto *bar = shown.child<ui::MessageBar>(u"recoveryBar"_s);
            QVERIFY(bar->isVisible());
            QTest::mouseClick(bar->findChild<QPushButton *>(u"messageAction"_s), Qt::LeftButton);
            QVERIFY(!bar->isVisible());
            DocumentSession &document = shown.window->session();
            QCOMPARE(document.path(), path);
            QVERIFY(document.isEdited());
            QCOMPARE(contents(path), saved); // nothing is written unasked

            // It is one of the states that there were, byte for byte, and a late one.
            const int number = document.editor().document().name.section(u' ', 1).toInt();
            policy::PolicyDocument expected = policy::readPolicyFile(path)->document;
            expected.name = u"edit %1"_s.arg(number);
            QCOMPARE(policy::formatPolicy(document.editor().document()),
                     policy::formatPolicy(expected));
            QVERIFY(number <= killed->edits.last().number + 1); // the last word may be lost
            for (const Edit &edit : killed->edits) {
                if (edit.number <= number)
                    continue;
                worst = qMax(worst, killed->atMs - edit.atMs);
                QVERIFY2(killed->atMs - edit.atMs < kPromiseMs + kOneWriteMs,
                         qPrintable(u"edit %1 of %2 ms ago is lost"_s.arg(edit.number)
                                        .arg(killed->atMs - edit.atMs)));
            }
            QCOMPARE(document.editCount(), number);
            document.undoStack().undo();
            QCOMPARE(policy::formatPolicy(document.editor().document()), saved);
        }
        qInfo("5 kills, the oldest edit lost was %lld ms old", qlonglong(worst));
    }

    void aPauseOfASecondLosesNothingEvenOfAnUntitledPolicy()
    {
        ShownWindow shown;
        const auto killed = editUntilKilled(argumentsFor(shown, {}, 30), 30, 1800);
        QVERIFY(killed);
        QCOMPARE(killed->edits.size(), 30);
        shown.window.reset();
        shown.show();
        auto *bar = shown.child<ui::MessageBar>(u"recoveryBar"_s);
        QVERIFY2(bar->sentence().contains(u"edit 30"_s), qPrintable(bar->sentence()));
        QVERIFY2(bar->sentence().contains(u"30 unsaved edits"_s), qPrintable(bar->sentence()));
        QTest::mouseClick(bar->findChild<QPushButton *>(u"messageAction"_s), Qt::LeftButton);
        QCOMPARE(shown.window->session().editor().document().name, u"edit 30"_s);
        QVERIFY(shown.window->session().path().isEmpty());
        QVERIFY(shown.window->session().isEdited());
    }

    void aRestoreSurvivesASecondKill()
    {
        ShownWindow shown;
        const QString path = shown.makePolicy(u"support"_s);
        QVERIFY(editUntilKilled(argumentsFor(shown, path, 10), 10, 1800));
        shown.window.reset();
        shown.show();
        auto *bar = shown.child<ui::MessageBar>(u"recoveryBar"_s);
        QTest::mouseClick(bar->findChild<QPushButton *>(u"messageAction"_s), Qt::LeftButton);
        // Gone without a word, as by a kill: nothing was saved and nothing discarded.
        shown.window.reset();
        shown.show();
        bar = shown.child<ui::MessageBar>(u"recoveryBar"_s);
        QVERIFY(bar->isVisible());
        QTest::mouseClick(bar->findChild<QPushButton *>(u"messageAction"_s), Qt::LeftButton);
        QCOMPARE(shown.window->session().editor().document().name, u"edit 10"_s);
        QCOMPARE(shown.window->session().editCount(), 10);
    }

    void aWindowThatRunsKeepsItsFilesToItself()
    {
        ShownWindow shown;
        QProcess child;
        child.start(QStringLiteral(RECOVERY_CHILD),
                    argumentsFor(shown, shown.makePolicy(u"support"_s), 5));
        QByteArray said;
        while (said.count('\n') < 5 && child.waitForReadyRead(20'000))
            said += child.readAll();
        const auto kept = [&] {
            int files = 0;
            QDirIterator found(shown.options().recoveryPath, {u"*.recovery"_s}, QDir::Files,
                               QDirIterator::Subdirectories);
            for (; found.hasNext(); found.next())
                ++files;
            return files;
        };
        QTRY_COMPARE(kept(), 1);
        shown.window.reset();
        shown.show();
        QVERIFY(!shown.child<ui::MessageBar>(u"recoveryBar"_s)->isVisible());
        QCOMPARE(kept(), 1);
        ::kill(pid_t(child.processId()), SIGKILL);
        child.waitForFinished();
        shown.window.reset();
        shown.show();
        QVERIFY(shown.child<ui::MessageBar>(u"recoveryBar"_s)->isVisible());
    }
};

QTEST_MAIN(TestRecoveryKill)
#include "tst_recovery_kill.moc"
