#include "core/text/code_detection.h"

#include <QTest>

using namespace headgate;
using namespace Qt::StringLiterals;

class TestCodeDetection final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsCode_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("fenced") << u"What is wrong here?\n```python\nprint(1)\n```"_s;
        QTest::newRow("fenced with tildes") << u"Look:\n~~~\nmake all\n~~~\n"_s;
        QTest::newRow("c") << u"for (int i = 0; i < n; i++) { sum += a[i]; }"_s;
        QTest::newRow("c++") << u"#include <vector>\n\nint main()\n{\n    return 0;\n}\n"_s;
        QTest::newRow("python")
            << u"Why does this fail?\n\ndef area(r):\n    return 3.14 * r ** 2\n\n"
               u"print(area(\"2\"))\n"_s;
        QTest::newRow("python loop")
            << u"for i in range(10):\n    total_sum += i\n    log.debug(i)\n"_s;
        QTest::newRow("javascript") << u"const items = list.filter(x => x.done && !x.old);\n"
                                       u"console.log(items);"_s;
        QTest::newRow("java") << u"public static void main(String[] args) {\n"
                                 u"    System.out.println(\"hi\");\n}"_s;
        QTest::newRow("rust") << u"fn main() {\n    let x: i32 = 5;\n    println!(\"{}\", x);\n}"_s;
        QTest::newRow("go") << u"func add(a, b int) int {\n\tc := a + b\n\treturn c\n}"_s;
        QTest::newRow("sql") << u"SELECT name, total FROM orders WHERE total != 0 AND id == 3;"_s;
        QTest::newRow("html") << u"<div class=\"a\"><p>Hello</p></div>"_s;
        QTest::newRow("question with a snippet")
            << u"I get a crash on the second line, can you help?\nauto it = map.find(key);\n"
               u"it->second += 1;\nThank you!"_s;
    }
    void findsCode()
    {
        QFETCH(const QString, text);
        QVERIFY(text::looksLikeCode(text));
    }

    void leavesProseAlone_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << QString();
        QTest::newRow("blank") << u" \n\t\n"_s;
        QTest::newRow("emoji") << u"😀😀😀 😀"_s;
        QTest::newRow("code-like words")
            << u"The class will return to the function room while we import the goods. If anything "
               u"is public or private, let me know; for a switch, try the static case."_s;
        QTest::newRow("words at line starts")
            << u"import taxes rose\nreturn to sender\nclass struggle in France\nif you can:\n"
               u"for the record, it is late\nwhile it lasts\nlet us go\npublic opinion"_s;
        QTest::newRow("semicolons") << u"I came; I saw; I conquered;\nthey left (at once);"_s;
        QTest::newRow("formula") << u"Let f(x) = 2x + 1 and g(x) = x^2. Find f(g(3)) if x <= 4."_s;
        QTest::newRow("arrow in logic") << u"If A -> B and B -> C, does A -> C follow?"_s;
        QTest::newRow("price list") << u"Apples: $3; pears: $4 (2 for $7); plums = free!"_s;
        QTest::newRow("question about code")
            << u"Explain in two sentences what the main() function of a C program does."_s;
        QTest::newRow("dialogue") << u"Tom: \"Hello!\"\nAnn: \"Hi (again)...\"\nTom: bye :)"_s;
        QTest::newRow("list") << u"Steps:\n- wash\n- dry\n1) fold\n2) iron & go\na/b, c/d"_s;
    }
    void leavesProseAlone()
    {
        QFETCH(const QString, text);
        QVERIFY(!text::looksLikeCode(text));
    }

    void readsOnlyTheStartOfAHugeText()
    {
        const QString prose =
            u"The river rose in the night and fell in the morning. "_s.repeated(20'000);
        QVERIFY(!text::looksLikeCode(prose));
        QVERIFY(!text::looksLikeCode(prose + u"\n```\ncode\n```"_s));
        QVERIFY(text::looksLikeCode(u"```\ncode\n```\n"_s + prose));
        QVERIFY(!text::looksLikeCode(QString(1 << 20, u'(')));
    }
};

QTEST_GUILESS_MAIN(TestCodeDetection)
#include "tst_code_detection.moc"
