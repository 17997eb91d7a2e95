#include "ui/common/chart.h"

#include "ui/common/chart_plot.h"
#include "ui/common/chart_table_model.h"

#include <QAction>
#include <QBuffer>
#include <QFileDialog>
#include <QHeaderView>
#include <QImage>
#include <QMenu>
#include <QPainter>
#include <QSaveFile>
#include <QStackedLayout>
#include <QSvgGenerator>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kCaptionHeight = 28;
constexpr qreal kPngScale = 2;

Result<> write(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    return fail(ErrorCode::Io, Chart::tr("“%1” could not be written: %2. Choose another place.")
                                   .arg(path, file.errorString()));
}

void paintPicture(QPainter &painter, ChartPlot &plot, const ChartData &data)
{
    const QSize size = plot.size();
    painter.fillRect(QRect(QPoint(), size + QSize(0, kCaptionHeight)),
                     plot.backgroundBrush().color());
    painter.setFont(Theme::bodyFont());
    painter.setPen(plot.palette().color(QPalette::WindowText));
    const QString caption = Chart::tr("%1 · %2", "context of a chart, origin of its figures")
                                .arg(data.context, originName(data.origin));
    painter.drawText(QRect(8, 0, size.width() - 16, kCaptionHeight), Qt::AlignVCenter, caption);
    plot.draw(painter, QRectF(QPointF(0, kCaptionHeight), size));
}

} // namespace

Chart::Chart(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_menu(new QMenu(this))
    , m_stack(new QStackedLayout(this))
    , m_plot(new ChartPlot(theme, this))
    , m_model(new ChartTableModel(this))
{
    auto *table = new QTableView(this);
    table->setModel(m_model);
    table->setAccessibleName(tr("Figures of the chart"));
    table->setShowGrid(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(Theme::kTableRowHeight);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_plot->setAccessibleName(tr("Chart"));
    m_stack->addWidget(m_plot);
    m_stack->addWidget(table);
    connect(m_plot, &ChartPlot::activated, this, [this](qint64 msecs) {
        Q_EMIT pointActivated(QDateTime::fromMSecsSinceEpoch(msecs, Qt::UTC));
    });
    buildMenu();
}

void Chart::buildMenu()
{
    m_asTable = m_menu->addAction(tr("Show as table"));
    m_asTable->setCheckable(true);
    connect(m_asTable, &QAction::toggled, this, &Chart::setTable);
    m_menu->addSeparator();
    for (const QString &suffix : {u"png"_s, u"svg"_s, u"csv"_s}) {
        QAction *action = m_menu->addAction(tr("Save as %1…").arg(suffix.toUpper()));
        connect(action, &QAction::triggered, this, [this, suffix] { askAndSave(suffix); });
    }
}

void Chart::setData(const ChartData &data)
{
    m_data = data;
    m_plot->setData(data);
    m_model->setData(data);
}

bool Chart::isTable() const
{
    return m_stack->currentIndex() == 1;
}

void Chart::setTable(bool table)
{
    m_stack->setCurrentIndex(table ? 1 : 0);
    m_asTable->setChecked(table);
}

qsizetype Chart::drawnPoints() const
{
    return m_plot->drawnPoints();
}

void Chart::askAndSave(const QString &suffix)
{
    auto *dialog = new QFileDialog(this, tr("Save chart"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    dialog->setNameFilter(u"*."_s + suffix);
    connect(dialog, &QFileDialog::fileSelected, this, [this, suffix](const QString &path) {
        const Result<> saved = suffix == u"png"   ? savePng(path)
                               : suffix == u"svg" ? saveSvg(path)
                                                  : saveCsv(path);
        if (!saved)
            Q_EMIT exportFailed(saved.error().message);
    });
    dialog->open();
}

Result<> Chart::savePng(const QString &path) const
{
    const QSize size = m_plot->size() + QSize(0, kCaptionHeight);
    QImage image(size * kPngScale, QImage::Format_RGB32);
    image.setDevicePixelRatio(kPngScale);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    paintPicture(painter, *m_plot, m_data);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    image.save(&buffer, "PNG");
    return write(path, bytes);
}

Result<> Chart::saveSvg(const QString &path) const
{
    const QSize size = m_plot->size() + QSize(0, kCaptionHeight);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(), size));
    generator.setTitle(m_data.context);
    QPainter painter(&generator);
    paintPicture(painter, *m_plot, m_data);
    painter.end();
    return write(path, bytes);
}

Result<> Chart::saveCsv(const QString &path) const
{
    return write(path, toCsv(m_data).toUtf8());
}

} // namespace headgate::ui
