#include "ui/common/icons.h"

#include <QImage>
#include <QPainter>
#include <QTest>

using namespace headgate::ui;
using namespace Qt::StringLiterals;

namespace {

int inked(const QImage &image)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            count += qAlpha(image.pixel(x, y)) > 200;
    }
    return count;
}

// The colour of the pixel that is inked most.
QColor ink(const QImage &image)
{
    QRgb best = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (qAlpha(image.pixel(x, y)) > qAlpha(best))
                best = image.pixel(x, y);
        }
    }
    return QColor::fromRgb(best);
}

} // namespace

class TestIcons final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyNamedIconDrawsSomething_data()
    {
        QTest::addColumn<QString>("name");
        const QString names =
            u"home build ask compare evaluate savings export run stop add undo redo save open "
            "warning error check fix search close settings sun moon query rule classifier nearest "
            "predictor split model gate cache answer pin flow step_first step_back step_forward "
            "step_last"_s;
        for (const QString &name : names.split(u' '))
            QTest::newRow(qPrintable(name)) << name;
    }

    void everyNamedIconDrawsSomething()
    {
        QFETCH(const QString, name);
        QVERIFY(hasIcon(name));
        const QImage image = iconPixmap(name, Qt::black, {40, 40}, 1).toImage();
        QVERIFY(inked(image) > 40);
        QVERIFY(inked(image) < 900);
    }

    void sharpAtEveryPixelRatio()
    {
        Theme theme;
        const QIcon icon = themedIcon(u"home"_s, theme);
        for (const qreal ratio : {1.0, 1.5, 2.0}) {
            const QPixmap pixmap = icon.pixmap(QSize(20, 20), ratio);
            QCOMPARE(pixmap.size(), QSize(int(20 * ratio), int(20 * ratio)));
            QCOMPARE(pixmap.devicePixelRatio(), ratio);
        }
        QImage canvas(80, 80, QImage::Format_ARGB32_Premultiplied);
        canvas.fill(Qt::transparent);
        QPainter painter(&canvas);
        painter.scale(4, 4);
        paintIcon(painter, QRectF(0, 0, 20, 20), u"home"_s, Qt::black);
        painter.end();
        QCOMPARE(canvas, iconPixmap(u"home"_s, Qt::black, {80, 80}, 1).toImage());
    }

    void followsTheTheme()
    {
        Theme theme;
        theme.setScheme(Scheme::Light);
        const QIcon icon = themedIcon(u"stop"_s, theme, Token::Text);
        QCOMPARE(ink(icon.pixmap(40, 40).toImage()), theme.color(Token::Text));
        theme.setScheme(Scheme::Dark);
        QCOMPARE(ink(icon.pixmap(40, 40).toImage()), theme.color(Token::Text));
        QCOMPARE(ink(icon.pixmap({40, 40}, QIcon::Normal, QIcon::On).toImage()),
                 theme.color(Token::Accent));
        QCOMPARE(ink(icon.pixmap({40, 40}, QIcon::Disabled).toImage()),
                 theme.color(Token::TextFaint));
    }
};

QTEST_MAIN(TestIcons)
#include "tst_icons.moc"
