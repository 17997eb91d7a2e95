#include "ui/editor/wire_path.h"

#include <QTest>

using headgate::ui::wirePath;

class TestWirePath final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void staysOffItsOwnCards_data()
    {
        QTest::addColumn<QPointF>("target"); // top left corner of the card that it leads to
        QTest::newRow("right") << QPointF(300, 0);
        QTest::newRow("right and below") << QPointF(260, 140);
        QTest::newRow("right and far above") << QPointF(240, -400);
        QTest::newRow("straight below") << QPointF(0, 160);
        QTest::newRow("back and below") << QPointF(-200, 160);
        QTest::newRow("back and above") << QPointF(-260, -180);
        QTest::newRow("back on the same row") << QPointF(-400, 0);
    }

    void staysOffItsOwnCards()
    {
        QFETCH(const QPointF, target);
        const QRectF fromCard(0, 0, 180, 80);
        const QRectF toCard(target, QSizeF(180, 80));
        const QPointF from(180, 54);
        const QPointF to = target + QPointF(0, 30);
        const QPainterPath path = wirePath(from, to, fromCard, toCard);
        QCOMPARE(path.pointAtPercent(0), from);
        QVERIFY(QLineF(path.pointAtPercent(1), to).length() < 1e-6);
        for (int step = 0; step <= 200; ++step) {
            const QPointF point = path.pointAtPercent(step / 200.0);
            // The ends lie on the edges of the cards.
            QVERIFY(!fromCard.adjusted(1, 1, -1, -1).contains(point));
            QVERIFY(!toCard.adjusted(1, 1, -1, -1).contains(point));
        }
    }

    void goesAroundACardInTheWay()
    {
        const QRectF fromCard(0, 0, 180, 80);
        const QRectF toCard(500, 200, 180, 80);
        const QRectF between(220, 0, 180, 150);
        const auto touches = [&between](const QPainterPath &path) {
            for (int step = 0; step <= 200; ++step) {
                if (between.contains(path.pointAtPercent(step / 200.0)))
                    return true;
            }
            return false;
        };
        QVERIFY(touches(wirePath({180, 54}, {500, 230}, fromCard, toCard)));
        const QPainterPath around = wirePath({180, 54}, {500, 230}, fromCard, toCard, {between});
        QVERIFY(!touches(around));
        QCOMPARE(around.pointAtPercent(0), QPointF(180, 54));
        QVERIFY(QLineF(around.pointAtPercent(1), {500, 230}).length() < 1e-6);
    }

    void entersFromTheLeft()
    {
        const QPainterPath path =
            wirePath({180, 30}, {-100, 230}, {0, 0, 180, 80}, {-100, 200, 180, 80});
        QVERIFY(path.pointAtPercent(0.99).x() < -100);
    }
};

QTEST_GUILESS_MAIN(TestWirePath)
#include "tst_wire_path.moc"
