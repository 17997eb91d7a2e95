#include "ui/common/settings.h"

#include <QTemporaryDir>
#include <QTest>

using namespace headgate::ui;
using namespace Qt::StringLiterals;

class TestSettings final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fallbacksHoldUntilSet()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"settings.ini"_s);
        {
            Settings settings(path);
            QCOMPARE(settings.get(settings::kMode), -1);
            QCOMPARE(settings.get(settings::kProviderHintDismissed), false);
            settings.set(settings::kMode, 3);
            settings.set(settings::kProviderHintDismissed, true);
            settings.set(settings::kWindowGeometry, QByteArray("\x01\x00\xff", 3));
        }
        Settings again(path);
        QCOMPARE(again.get(settings::kMode), 3);
        QCOMPARE(again.get(settings::kProviderHintDismissed), true);
        QCOMPARE(again.get(settings::kWindowGeometry), QByteArray("\x01\x00\xff", 3));
    }

    void recentFilesAreNewestFirstOnceAndTen()
    {
        QTemporaryDir folder;
        Settings settings(folder.filePath(u"settings.ini"_s));
        for (int i = 0; i < 12; ++i)
            settings.addRecentFile(u"/policies/%1.headgate"_s.arg(i));
        settings.addRecentFile(u"/policies/7.headgate"_s);
        const QStringList recent = settings.get(settings::kRecentFiles);
        QCOMPARE(recent.size(), 10);
        QCOMPARE(recent.first(), u"/policies/7.headgate"_s);
        QCOMPARE(recent.count(u"/policies/7.headgate"_s), 1);
        QCOMPARE(recent.last(), u"/policies/2.headgate"_s);
    }

    void aNewerFileIsReadAndNeverWritten()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"settings.ini"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[General]\nversion=99\n\n[window]\nmode=2\n");
        file.close();
        {
            Settings settings(path);
            QVERIFY(settings.isReadOnly());
            QCOMPARE(settings.get(settings::kMode), 2);
            settings.set(settings::kMode, 1);
            QCOMPARE(settings.get(settings::kMode), 2);
        }
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("[General]\nversion=99\n\n[window]\nmode=2\n"));
    }
};

QTEST_MAIN(TestSettings)
#include "tst_settings.moc"
