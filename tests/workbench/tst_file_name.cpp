#include "app/workbench/file_name.h"

#include <QTest>

using namespace headgate::workbench;
using namespace Qt::StringLiterals;

class TestFileName final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void staysInTheChosenFolder_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("expected");
        QTest::newRow("plain") << u"Frugal cascade"_s << u"Frugal cascade"_s;
        QTest::newRow("other letters") << u"Ступень 2 – ä"_s << u"Ступень 2 – ä"_s;
        QTest::newRow("upwards") << u"../../x"_s << u"x"_s;
        QTest::newRow("drive") << u"C:\\x"_s << u"C x"_s;
        QTest::newRow("hidden") << u".profile"_s << u"profile"_s;
        QTest::newRow("dot at the end") << u"name."_s << u"name"_s;
        QTest::newRow("control") << u"a\tb\nc"_s + QChar(0) << u"a b c"_s;
        QTest::newRow("direction") << u"a\u202Egpj.exe"_s << u"a gpj.exe"_s;
        QTest::newRow("nothing") << u" / "_s << u"policy"_s;
    }

    void staysInTheChosenFolder()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, expected);
        QCOMPARE(fileNameOf(name), expected);
    }

    void isNeverTooLong() { QCOMPARE(fileNameOf(QString(300, u'x')).size(), 80); }
};

QTEST_GUILESS_MAIN(TestFileName)
#include "tst_file_name.moc"
