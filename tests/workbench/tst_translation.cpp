#include "app/workbench/translation.h"

#include <QApplication>
#include <QTest>

using namespace headgate::workbench;
using namespace Qt::StringLiterals;

namespace {

// The text of a C++ string literal, or of several in a row.
QString textOf(const QString &literals)
{
    static const QRegularExpression literal(u"\"((?:[^\"\\\\]|\\\\.)*)\""_s);
    QString text;
    auto each = literal.globalMatch(literals);
    while (each.hasNext())
        text += each.next().captured(1);
    return text.replace(u"\\n"_s, u"\n"_s).replace(u"\\\""_s, u"\""_s);
}

// Every text of the sources that counts something.
QSet<QString> countingTexts()
{
    static const QRegularExpression call(u"\\btr\\(\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*)+)"_s);
    QSet<QString> found;
    for (const QString &folder : {u"core"_s, u"ui"_s, u"app"_s}) {
        QDirIterator files(QDir(QStringLiteral(HEADGATE_SOURCE_DIR)).filePath(folder),
                           {u"*.cpp"_s, u"*.h"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (!file.open(QIODevice::ReadOnly))
                continue;
            const QString source = QString::fromUtf8(file.readAll());
            auto each = call.globalMatch(source);
            while (each.hasNext()) {
                if (const QString text = textOf(each.next().captured(1)); text.contains(u"%n"))
                    found.insert(text);
            }
        }
    }
    return found;
}

} // namespace

class TestTranslation final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneAndSeveralHaveTheirForms()
    {
        installTranslation();
        const auto counted = [](int n) {
            return QCoreApplication::translate("headgate::ui::AnyClass", "%n models", nullptr, n);
        };
        QCOMPARE(counted(1), u"1 model"_s);
        QCOMPARE(counted(2), u"2 models"_s);
        QCOMPARE(counted(0), u"0 models"_s);
        // What counts nothing stays as it is written.
        QCOMPARE(QCoreApplication::translate("headgate::ui::AnyClass", "Models"), u"Models"_s);
    }

    void everyTextThatCountsHasBothForms()
    {
        const EnglishPlurals plurals;
        const QSet<QString> texts = countingTexts();
        QVERIFY(texts.size() > 10);
        QStringList missing;
        for (const QString &text : texts) {
            const QByteArray source = text.toUtf8();
            const QString one = plurals.translate("", source.constData(), "", 1);
            const QString several = plurals.translate("", source.constData(), "", 5);
            if (one.isEmpty() || several != text)
                missing.append(text);
        }
        missing.sort();
        QVERIFY2(missing.isEmpty(),
                 qPrintable(u"not in headgate_en.ts:\n"_s + missing.join(u'\n')));
    }
};

QTEST_MAIN(TestTranslation)
#include "tst_translation.moc"
