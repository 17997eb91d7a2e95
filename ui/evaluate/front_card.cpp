#include "ui/evaluate/front_card.h"

#include "ui/common/number_format.h"

#include <QBuffer>
#include <QFileDialog>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QSaveFile>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kCaption = 28;
constexpr qreal kPictureScale = 2;

} // namespace

FrontCard::FrontCard(const Theme &theme, QWidget *parent)
    : Card({}, parent)
    , m_plot(new FrontPlot(theme, this))
    , m_model(new FrontTableModel(this))
    , m_table(new QTableView(this))
    , m_stack(new QStackedLayout)
{
    m_table->setObjectName(u"frontTable"_s);
    m_table->setAccessibleName(tr("Quality over cost, as figures"));
    m_table->setModel(m_model);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(Theme::kTableRowHeight);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(FrontTableModel::CascadeColumn,
                                                      QHeaderView::Stretch);
    const auto choose = [this](const QModelIndex &index) {
        Q_EMIT cascadeChosen(m_model->table().rows[index.row()].point.cascade);
    };
    connect(m_table, &QTableView::clicked, this, choose);
    connect(m_table, &QTableView::activated, this, choose);
    m_stack->addWidget(m_plot);
    m_stack->addWidget(m_table);
    body()->addLayout(m_stack, 1);
    buildMenu();
}

void FrontCard::buildMenu()
{
    m_menu = new QMenu(this);
    m_asTable = m_menu->addAction(tr("Show as table"));
    m_asTable->setCheckable(true);
    connect(m_asTable, &QAction::toggled, this, &FrontCard::showTable);
    m_menu->addSeparator();
    for (const QString &suffix : {u"csv"_s, u"json"_s, u"png"_s}) {
        QAction *action = m_menu->addAction(tr("Save as %1…").arg(suffix.toUpper()));
        action->setObjectName(u"saveFront:"_s + suffix);
        connect(action, &QAction::triggered, this, [this, suffix] { askAndSave(suffix); });
    }
}

void FrontCard::setTable(FrontTable table)
{
    m_model->setTable(std::move(table));
}

void FrontCard::showTable(bool table)
{
    m_stack->setCurrentWidget(table ? static_cast<QWidget *>(m_table) : m_plot);
    m_asTable->setChecked(table);
}

void FrontCard::askAndSave(const QString &suffix)
{
    auto *dialog = new QFileDialog(this, tr("Save the front"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    dialog->setNameFilter(u"*."_s + suffix);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        if (const auto saved = save(path); !saved)
            Q_EMIT saveFailed(saved.error().message);
    });
    dialog->open();
}

Result<> FrontCard::save(const QString &path) const
{
    const QByteArray bytes = path.endsWith(".json"_L1)  ? toJson(m_model->table())
                             : path.endsWith(".png"_L1) ? picture()
                                                        : toCsv(m_model->table());
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    return fail(
        ErrorCode::Io,
        tr("“%1” could not be written: %2. Choose another place.").arg(path, file.errorString()));
}

// The plot, and below it what it is of.
QByteArray FrontCard::picture() const
{
    const QSize size = m_plot->size() + QSize(0, kCaption);
    QImage image(size * kPictureScale, QImage::Format_RGB32);
    image.setDevicePixelRatio(kPictureScale);
    image.fill(m_plot->palette().color(QPalette::Base));
    QPainter painter(&image);
    m_plot->render(&painter);
    const FrontTable &table = m_model->table();
    painter.setPen(m_plot->palette().color(QPalette::Text));
    painter.drawText(QRect(12, m_plot->height(), size.width() - 24, kCaption),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     tr("%1, validation part, n %2; recorded outcomes")
                         .arg(table.outcomes, formatCount(table.validationRows)));
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    image.save(&buffer, "PNG");
    return bytes;
}

} // namespace headgate::ui
