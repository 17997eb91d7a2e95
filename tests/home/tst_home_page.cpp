#include "ui/common/message_bar.h"
#include "ui/common/settings.h"
#include "ui/common/theme.h"
#include "ui/home/examples.h"
#include "ui/home/home_page.h"
#include "ui/home/learning_list.h"
#include "ui/home/recent_list.h"
#include "ui/home/template_tile.h"

#include <QAbstractButton>
#include <QLabel>
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

    void opensTheWorkedExampleAndTemplatesByMouseAndKey()
    {
        Theme theme;
        Settings settings(freshSettingsPath());
        HomePage page(theme, settings);
        page.show();
        QSignalSpy open(&page, &HomePage::openPathRequested);
        QSignalSpy fresh(&page, &HomePage::newRequested);
        QTest::mouseClick(page.findChild<QPushButton *>(u"openExample"_s), Qt::LeftButton);
        QCOMPARE(open.takeFirst().first().toString(), workedExamplePath());
        QTest::mouseClick(page.findChild<TemplateTile *>(u"exampleTile"_s), Qt::LeftButton);
        QCOMPARE(open.takeFirst().first().toString(), workedExamplePath());
        const auto tiles = page.findChildren<TemplateTile *>(u"template"_s);
        QCOMPARE(tiles.size(), examples().size() - 1); // the worked one stands above
        tiles.last()->setFocus();
        QTest::keyClick(tiles.last(), Qt::Key_Space);
        QCOMPARE(open.takeFirst().first().toString(), examples().last().path);
        auto *empty = page.findChild<TemplateTile *>(u"newPolicy"_s);
        empty->setFocus();
        QTest::keyClick(empty, Qt::Key_Space);
        QCOMPARE(fresh.size(), 1);
    }

    void picturesAreDrawnFromTheDocumentsWhenSeenAndAgainInAnotherScheme()
    {
        Theme theme;
        theme.setScheme(Scheme::Light);
        Settings settings(freshSettingsPath());
        HomePage page(theme, settings);
        QStringList drawn;
        page.setPictureSource(
            [&](const headgate::policy::PolicyDocument &document, QSize size, qreal ratio) {
                drawn.append(document.name);
                QImage image(size * ratio, QImage::Format_ARGB32_Premultiplied);
                image.setDevicePixelRatio(ratio);
                image.fill(Qt::red);
                return image;
            });
        QVERIFY(drawn.isEmpty());
        page.resize(1100, 1400);
        page.show();
        const qsizetype pictures = examples().size();
        QTRY_COMPARE(drawn.size(), pictures);
        QCOMPARE(drawn.first(), examples().first().name);
        auto *tile = page.findChild<TemplateTile *>(u"exampleTile"_s);
        QCOMPARE(tile->grab().toImage().pixelColor(tile->width() / 2, 20), QColor(Qt::red));
        theme.setScheme(Scheme::Dark);
        QTRY_COMPARE(drawn.size(), 2 * pictures);
        QVERIFY(!page.findChild<TemplateTile *>(u"newPolicy"_s)->hasPicture());
    }

    void recentFilesOpenAndThoseThatAreGoneSaySo()
    {
        Theme theme;
        Settings settings(freshSettingsPath());
        QFile there(m_folder.filePath(u"there.headgate"_s));
        QVERIFY(there.open(QIODevice::WriteOnly));
        settings.addRecentFile(there.fileName());
        settings.addRecentFile(m_folder.filePath(u"gone.headgate"_s));
        HomePage page(theme, settings);
        auto *list = page.findChild<RecentList *>(u"recent"_s);
        QCOMPARE(list->count(), 2);
        const auto rows = list->findChildren<QAbstractButton *>(u"recentOpen"_s);
        QVERIFY(rows[0]->accessibleDescription().contains(u"Not there any more"_s));
        QVERIFY(rows[1]->accessibleDescription().contains(u"Today at"_s));
        QSignalSpy open(&page, &HomePage::openPathRequested);
        QTest::mouseClick(rows[1], Qt::LeftButton);
        QCOMPARE(open.first().first().toString(), there.fileName());
        QTest::mouseClick(list->findChildren<QToolButton *>(u"recentRemove"_s)[0], Qt::LeftButton);
        QCOMPARE(list->count(), 1);
        QCOMPARE(settings.get(settings::kRecentFiles), QStringList{there.fileName()});
    }

    void pinnedFilesStayOnTopAndAreNotCleared()
    {
        Theme theme;
        Settings settings(freshSettingsPath());
        for (const char *name : {"a", "b", "c"})
            settings.addRecentFile(m_folder.filePath(QLatin1StringView(name)));
        HomePage page(theme, settings);
        page.resize(1100, 900);
        page.show();
        auto *list = page.findChild<RecentList *>(u"recent"_s);
        const auto names = [list] {
            QStringList found;
            for (const auto *row : list->findChildren<QAbstractButton *>(u"recentOpen"_s)) {
                if (row->parentWidget()->isVisibleTo(list))
                    found.append(row->text());
            }
            return found;
        };
        QTRY_COMPARE(names(), QStringList({u"c"_s, u"b"_s, u"a"_s}));
        auto *pin = list->findChildren<QToolButton *>(u"recentPin"_s)[2];
        QTRY_VERIFY(pin->height() > 0); // laid out
        QTest::mouseClick(pin, Qt::LeftButton);
        QTRY_COMPARE(names(), QStringList({u"a"_s, u"c"_s, u"b"_s}));
        auto *clear = page.findChild<QPushButton *>(u"clearRecent"_s);
        QTest::mouseClick(clear, Qt::LeftButton);
        QTRY_COMPARE(names(), QStringList{u"a"_s});
        QVERIFY(!clear->isVisible());
        // However many follow, a pinned one is kept.
        for (int number = 0; number < 30; ++number)
            settings.addRecentFile(QString::number(number));
        QCOMPARE(settings.get(settings::kRecentFiles).size(), 11);
        QVERIFY(settings.get(settings::kRecentFiles).contains(m_folder.filePath(u"a"_s)));
    }

    void momentsAreSaidAsPeopleSayThem()
    {
        const QDateTime now(QDate(2026, 11, 24), QTime(18, 0));
        QVERIFY(shownMoment(now.addSecs(-3600), now).startsWith(u"Today at"_s));
        QVERIFY(shownMoment(now.addDays(-1), now).startsWith(u"Yesterday at"_s));
        QVERIFY(!shownMoment(now.addDays(-9), now).contains(u" at "_s));
    }

    void saysWhoAnswers()
    {
        Theme theme;
        Settings settings(freshSettingsPath());
        HomePage page(theme, settings);
        page.setProviders({{u"openai"_s, u"OPENAI_API_KEY is not set"_s, false}});
        page.setProviders({{u"Simulated fleet"_s, u"ready"_s}, {u"openai"_s, u"no key"_s, false}});
        QStringList lines;
        for (const auto *label :
             page.findChild<QWidget *>(u"providers"_s)->findChildren<QLabel *>())
            lines.append(label->text());
        QCOMPARE(lines, QStringList({u"Simulated fleet: ready"_s, u"openai: no key"_s}));
    }

    void worksAtTheLeastSizeOfTheWindow()
    {
        Theme theme;
        Settings settings(freshSettingsPath());
        HomePage page(theme, settings);
        page.resize(948, 560);
        page.show();
        for (const auto *tile : page.findChildren<TemplateTile *>()) {
            const QRect box(tile->mapTo(&page, QPoint(0, 0)), tile->size());
            QVERIFY(box.left() >= 0 && box.right() < page.width());
        }
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
