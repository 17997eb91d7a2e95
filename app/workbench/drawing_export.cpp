#include "app/workbench/drawing_export.h"

#include "app/workbench/file_name.h"
#include "ui/editor/drawing_picture.h"

#include <QDate>
#include <QDir>
#include <QFileDialog>
#include <QPrintDialog>
#include <QPrinter>

using namespace Qt::StringLiterals;

namespace headgate::workbench {

DrawingExport::DrawingExport(QWidget &window)
    : QObject(&window)
    , m_window(window)
{
}

void DrawingExport::saveAsSvg(const policy::PolicyDocument &document)
{
    save(document, u"svg"_s, tr("SVG pictures (*.svg)"), [document](const QString &path) {
        return ui::exportDrawingAsSvg(document, path, QDate::currentDate());
    });
}

void DrawingExport::saveAsPng(const policy::PolicyDocument &document)
{
    save(document, u"png"_s, tr("PNG pictures (*.png)"), [document](const QString &path) {
        return ui::exportDrawingAsPng(document, path, QDate::currentDate());
    });
}

void DrawingExport::save(const policy::PolicyDocument &document, const QString &suffix,
                         const QString &filter, const Write &write)
{
    auto *dialog = new QFileDialog(&m_window, tr("Export the drawing"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    dialog->setNameFilter(filter);
    dialog->selectFile(fileNameOf(document.name) + u'.' + suffix);
    connect(dialog, &QFileDialog::fileSelected, this, [this, write](const QString &path) {
        if (const auto written = write(path); !written)
            Q_EMIT failed(written.error().message);
        else
            Q_EMIT done(tr("The drawing is saved as “%1”.").arg(QDir::toNativeSeparators(path)));
    });
    dialog->open();
}

void DrawingExport::print(const policy::PolicyDocument &document)
{
    const auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
    printer->setDocName(document.name);
    auto *dialog = new QPrintDialog(printer.get(), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setOption(QAbstractPrintDialog::PrintPageRange, false);
    connect(dialog, qOverload<QPrinter *>(&QPrintDialog::accepted), this,
            [this, printer, document] {
                if (const auto printed = ui::printDrawing(document, *printer, QDate::currentDate());
                    !printed)
                    Q_EMIT failed(printed.error().message);
            });
    dialog->open();
}

} // namespace headgate::workbench
