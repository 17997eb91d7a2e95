#include "tests/editor/editor_fixture.h"

#include "core/common/secrets.h"
#include "ui/common/theme.h"
#include "ui/editor/drawing_picture.h"

#include <QDir>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::ui;
using policy::PolicyDocument;

namespace {

const QDate kDay(2026, 3, 7);

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

int coloured(const QImage &image, QRgb ground)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            count += (image.pixel(x, y) & 0xffffff) != (ground & 0xffffff) ? 1 : 0;
    }
    return count;
}

} // namespace

class TestDrawingPicture final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void svgKeepsTitlesAndMarksAsText()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"policy.svg"_s);
        QVERIFY(exportDrawingAsSvg(test::cascade(), path, kDay));
        const QByteArray text = contents(path);
        QSvgRenderer renderer(text);
        QVERIFY(renderer.isValid());
        for (const char *words :
             {"support", "Small", "Gate 1", "Large", "Answer", "accept", "escalate", "SIM", "2026"})
            QVERIFY2(text.contains(words), words);
        QVERIFY(!text.contains("data:image")); // icons are shapes, too
        QImage seen(renderer.defaultSize(), QImage::Format_RGB32);
        seen.fill(Qt::white);
        QPainter painter(&seen);
        renderer.render(&painter);
        QVERIFY(coloured(seen, 0xffffff) > 2000);
    }

    void aNoteOnPaperHasItsWordsAndNoHints()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"note.svg"_s);
        PolicyDocument document = test::cascade();
        policy::Node note;
        note.id = {u"n"_s};
        note.kind = u"note"_s;
        note.title = u"Remark"_s;
        note.at = {200, 240};
        document.nodes.append(note);
        QVERIFY(exportDrawingAsSvg(document, path, kDay));
        QVERIFY(contents(path).contains("Remark"));
        QVERIFY(!contents(path).contains("Double-click"));
        document.nodes.last().config = {{"text", "Ask again"}};
        QVERIFY(exportDrawingAsSvg(document, path, kDay));
        QVERIFY(contents(path).contains("Ask again"));
    }

    // Wherever in the policy somebody wrote one.
    void noPictureHoldsAKey()
    {
        const QByteArray key = "Tr4velling.Kestrel~over+Moor";
        const SecretKey held{QByteArray(key)};
        PolicyDocument document = test::cascade();
        document.name = u"of "_s + QString::fromLatin1(key);
        document.nodes.first().title = u"by "_s + QString::fromLatin1(key);
        const QTemporaryDir folder;
        const QString vector = folder.filePath(u"policy.svg"_s);
        QVERIFY(exportDrawingAsSvg(document, vector, kDay));
        QVERIFY(contents(vector).contains("of [key removed]"));
        QVERIFY(!contents(vector).contains(key));
        const QString path = folder.filePath(u"policy.png"_s);
        QVERIFY(exportDrawingAsPng(document, path, kDay));
        QVERIFY(!contents(path).contains(key));
        const QImage image(path);
        for (const QString &name : image.textKeys())
            QVERIFY(!image.text(name).contains(QString::fromLatin1(key)));
    }

    void pngIsTwiceTheDrawingOnWhite()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"policy.png"_s);
        const QString vector = folder.filePath(u"policy.svg"_s);
        QVERIFY(exportDrawingAsPng(test::cascade(), path, kDay));
        QVERIFY(exportDrawingAsSvg(test::cascade(), vector, kDay));
        const QImage image(path);
        QVERIFY(!image.isNull());
        QCOMPARE(image.size(), QSvgRenderer(vector).viewBox().size() * 2);
        QCOMPARE(image.pixelColor(2, 2), QColor(Qt::white));
        QVERIFY(coloured(image, 0xffffff) > 8000);
    }

    void aPlaceThatCannotBeWrittenIsNamedAndLeftAlone()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"nowhere/policy.svg"_s);
        const Result<> svg = exportDrawingAsSvg(test::cascade(), path, kDay);
        QVERIFY(!svg);
        QVERIFY(svg.error().message.contains(path));
        QVERIFY(!exportDrawingAsPng(test::cascade(), folder.path(), kDay)); // a folder
        QVERIFY(QDir(folder.path()).isEmpty());
    }

    void anEmptyPolicyHasAPictureOfItsName()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"empty.svg"_s);
        PolicyDocument empty;
        empty.name = u"nothing yet"_s;
        QVERIFY(exportDrawingAsSvg(empty, path, kDay));
        QVERIFY(contents(path).contains("nothing yet"));
        const Theme theme;
        QCOMPARE(drawingPicture(empty, theme, {200, 100}, 1).size(), QSize(200, 100));
    }

    void aPreviewFitsItsSizeAndFollowsTheTheme()
    {
        Theme theme;
        theme.setScheme(Scheme::Dark);
        const QImage dark = drawingPicture(test::cascade(), theme, {240, 120}, 2);
        QCOMPARE(dark.size(), QSize(480, 240));
        QCOMPARE(dark.devicePixelRatio(), 2.0);
        QCOMPARE(dark.pixelColor(0, 0), theme.color(Token::Canvas));
        QVERIFY(coloured(dark, theme.color(Token::Canvas).rgb()) > 1000);
        // Nothing reaches the edge: it is the whole drawing.
        const QRgb ground = theme.color(Token::Canvas).rgb();
        QCOMPARE(coloured(dark.copy(0, 0, 480, 8), ground), 0);
        QCOMPARE(coloured(dark.copy(0, 0, 8, 240), ground), 0);
    }

    void printingTurnsThePageOfAWideDrawing()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"policy.pdf"_s);
        QPdfWriter writer(path);
        writer.setPageOrientation(QPageLayout::Portrait);
        QVERIFY(printDrawing(test::cascade(), writer, kDay));
        QCOMPARE(writer.pageLayout().orientation(), QPageLayout::Landscape);
        QVERIFY(contents(path).startsWith("%PDF"));
        QVERIFY(contents(path).size() > 4000);
    }
};

QTEST_MAIN(TestDrawingPicture)
#include "tst_drawing_picture.moc"
