#include "ui/common/message_bar.h"
#include "ui/common/settings.h"
#include "ui/common/theme.h"
#include "ui/home/examples.h"
#include "ui/home/home_page.h"
#include "ui/home/learning_list.h"
#include "ui/home/link_list.h"

#include <QAbstractButton>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace headgate::ui;
using namespace Qt::StringLiterals;

class TestHomePage final : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    int m_files = 0;

    QString freshSettingsPath() { return m_folder.filePath(u"%1.ini"_s.arg(++m_files)); }

private Q_SLOTS:
    void theWorkedExampleComesFirst()
    {
        const QList<Example> found = examples();
        QVERIFY(found.size() >= 4);
        QCOMPARE(found.first().path, workedExamplePath());
        for (const Example &example : found)
            QVERIFY2(!example.name.isEmpty() && !example.about.isEmpty(), qPrintable(example.path));
    }

    void opensExamplesAndTheWorkedOneWithOneClick()
    {
        Theme theme;
        Settings settings(freshSettingsPath());
        HomePage page(theme, settings);
        page.show();
        QSignalSpy open(&page, &HomePage::openPathRequested);
        QTest::mouseClick(page.findChild<QPushButton *>(u"openExample"_s), Qt::LeftButton);
        QCOMPARE(open.takeFirst().first().toString(), workedExamplePath());
        auto *list = page.findChild<LinkList *>(u"examples"_s);
        const auto rows = list->findChildren<QAbstractButton *>();
        QCOMPARE(rows.size(), examples().size());
        rows.last()->setFocus();
        QTest::keyClick(rows.last(), Qt::Key_Space);
        QCOMPARE(open.takeFirst().first().toString(), examples().last().path);
    }

    void recentFilesThatAreGoneAreNotOffered()
    {
        Theme theme;
        Settings settings(freshSettingsPath());
        QFile there(m_folder.filePath(u"there.headgate"_s));
        QVERIFY(there.open(QIODevice::WriteOnly));
        settings.addRecentFile(there.fileName());
        settings.addRecentFile(m_folder.filePath(u"gone.headgate"_s));
        HomePage page(theme, settings);
        auto *list = page.findChild<LinkList *>(u"recent"_s);
        QCOMPARE(list->count(), 1);
        QSignalSpy open(&page, &HomePage::openPathRequested);
        QTest::mouseClick(list->findChild<QAbstractButton *>(), Qt::LeftButton);
        QCOMPARE(open.first().first().toString(), there.fileName());
    }

    void theHintStaysAwayOnceDismissed()
    {
        Theme theme;
        Settings settings(freshSettingsPath());
        {
            HomePage page(theme, settings);
            page.show();
            auto *bar = page.findChild<MessageBar *>();
            QVERIFY(bar->isVisible());
            QTest::mouseClick(bar->findChild<QToolButton *>(), Qt::LeftButton);
            QVERIFY(!bar->isVisible());
        }
        HomePage again(theme, settings);
        again.show();
        QVERIFY(!again.findChild<MessageBar *>()->isVisible());
    }

    void stepsTickThemselvesOff()
    {
        Theme theme;
        Settings settings(freshSettingsPath());
        HomePage page(theme, settings);
        auto *steps = page.findChild<LearningList *>();
        QVERIFY(!steps->isDone(u"ask"_s));
        settings.set(settings::kLearned, {u"ask"_s});
        page.refresh();
        QVERIFY(steps->isDone(u"ask"_s));
        QVERIFY(!steps->isDone(u"save"_s));
        QVERIFY(steps->accessibleDescription().contains(u"done"_s));
    }
};

QTEST_MAIN(TestHomePage)
#include "tst_home_page.moc"
