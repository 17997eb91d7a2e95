#include "shown_window.h"
#include "ui/home/home_page.h"
#include "ui/home/template_tile.h"

#include <QFileDialog>
#include <QImageReader>

using namespace headgate;
using namespace headgate::test;
using namespace headgate::workbench;

class TestDrawingExport final : public QObject
{
    Q_OBJECT

private:
    // The dialog that the entry opens, filled in and confirmed.
    static void exportAs(const ShownWindow &shown, const QString &entry, const QString &path)
    {
        shown.action(entry)->trigger();
        auto *dialog = shown.window->findChild<QFileDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        QVERIFY(QFileInfo(dialog->selectedFiles().value(0)).completeBaseName() ==
                shown.window->session().editor().document().name);
        dialog->setDirectory(QFileInfo(path).absolutePath());
        dialog->selectFile(QFileInfo(path).fileName());
        QMetaObject::invokeMethod(dialog, "accept");
        QTRY_VERIFY(!shown.window->findChild<QFileDialog *>());
    }

private Q_SLOTS:
    void theFileMenuSavesTheDrawingAsAPicture()
    {
        ShownWindow shown;
        const QString svg = shown.folder.filePath(u"drawing.svg"_s);
        const QString png = shown.folder.filePath(u"drawing.png"_s);
        exportAs(shown, u"As SVG…"_s, svg);
        QVERIFY(contents(svg).contains("<svg"));
        QVERIFY(contents(svg).contains("Finch-mini"));
        QVERIFY(shown.isSaid(u"drawing.svg"_s));
        exportAs(shown, u"As PNG…"_s, png);
        QVERIFY(QImageReader(png).size().width() > 1000);
    }

    void aPlaceThatCannotBeWrittenIsSaid()
    {
        ShownWindow shown;
        const QString path = shown.folder.filePath(u"taken.svg"_s);
        QVERIFY(QDir().mkpath(path)); // a folder of that name
        shown.action(u"As SVG…"_s)->trigger();
        auto *dialog = shown.window->findChild<QFileDialog *>();
        Q_EMIT dialog->fileSelected(path);
        QVERIFY(shown.isSaid(u"taken.svg"_s));
        dialog->close();
        QVERIFY(!shown.window->isWindowModified());
    }

    void homeShowsThePicturesOfItsPolicies()
    {
        ShownWindow shown;
        shown.window->setMode(Mode::Home);
        auto *tile = shown.child<ui::TemplateTile>(u"exampleTile"_s);
        QTRY_VERIFY(tile->hasPicture());
        // Something is drawn on the ground: cards, wires.
        const QImage seen = tile->grab().toImage();
        QSet<QRgb> colours;
        for (int x = 8; x < tile->width() - 8; ++x)
            colours.insert(seen.pixel(x, 58));
        QVERIFY(colours.size() > 3);
    }
};

QTEST_MAIN(TestDrawingExport)
#include "tst_drawing_export.moc"
