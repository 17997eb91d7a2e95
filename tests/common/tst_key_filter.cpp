#include "core/common/key_filter.h"

#include "core/common/redaction.h"
#include "core/common/secrets.h"

#include <QRandomGenerator>
#include <QTest>

using namespace headgate;
using namespace Qt::StringLiterals;

namespace {

const QString kWhole = u"kestrel-over-the-moor-42"_s;
const QString kPart = u"over-the-moor"_s; // a key, too, and within the other
const QString kWide = u"Zwölf große Boxkämpfer"_s;

// What was shown after each piece, and the rest.
QStringList shownOf(const QStringList &pieces)
{
    KeyFilter filter;
    QStringList shown;
    for (const QString &piece : pieces)
        shown.append(filter.feed(piece));
    return shown << filter.rest();
}

} // namespace

class TestKeyFilter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (const QString &key : {kWhole, kPart, kWide})
            const SecretKey held(key.toUtf8());
    }

    void ordinaryTextPassesAtOnce()
    {
        QCOMPARE(shownOf({u"Heath"_s, u", hea"_s, u"ther 🦉"_s}),
                 QStringList({u"Heath"_s, u", hea"_s, u"ther 🦉"_s, QString()}));
    }

    void whatMayBeAKeyWaitsNoLongerThanItMay()
    {
        QCOMPARE(shownOf({u"a k"_s, u"eg"_s, u" is"_s}),
                 QStringList({u"a "_s, QString(), u"keg is"_s, QString()}));
        QCOMPARE(shownOf({u"kest"_s, u"rel pairs nest in the reeds"_s}),
                 QStringList({QString(), u"kestrel pairs nest in the reeds"_s, QString()}));
    }

    void aKeyIsFoundWhereverItIsCut()
    {
        const QString text =
            u"("_s + kWhole + u") ö "_s + kWide + kPart + u" kestrel-over-the-moor-4 🦉 ov"_s;
        const QString clean = withoutKnownKeys(text);
        QVERIFY(!clean.contains(kPart) && !clean.contains(kWide));
        QRandomGenerator random(20261125);
        for (int round = 0; round < 2000; ++round) {
            QStringList pieces;
            for (qsizetype at = 0; at < text.size();) {
                const qsizetype size = 1 + random.bounded(round % 7 == 0 ? 30 : 4);
                pieces.append(text.mid(at, size));
                at += size;
            }
            const QStringList shown = shownOf(pieces);
            QCOMPARE(shown.join(QString()), clean);
            // Not a part of one, either, at any time.
            QString sofar;
            for (const QString &piece : shown) {
                sofar += piece;
                QVERIFY2(clean.startsWith(sofar), qPrintable(sofar));
            }
        }
    }

    void aTextThatEndsLikeAKeyIsShownWhole()
    {
        QCOMPARE(shownOf({kWhole.chopped(1)}).join(QString()).right(2), u"-4"_s);
        QCOMPARE(shownOf({u"x over-the-moo"_s}), QStringList({u"x "_s, u"over-the-moo"_s}));
    }
};

QTEST_GUILESS_MAIN(TestKeyFilter)
#include "tst_key_filter.moc"
