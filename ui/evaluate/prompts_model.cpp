#include "ui/evaluate/prompts_model.h"

#include "core/common/when_ready.h"
#include "core/evaluation/datasets/dataset_thread.h"
#include "ui/common/number_format.h"

#include <array>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using evaluation::Part;

namespace {

constexpr qsizetype kPage = 500;
constexpr qsizetype kTextShown = 200;

QString shortText(const QString &text)
{
    return text.left(4 * kTextShown).simplified().left(kTextShown);
}

} // namespace

PromptsModel::PromptsModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void PromptsModel::showDataset(evaluation::DatasetThread &datasets,
                               const evaluation::DatasetSummary &dataset)
{
    clear();
    m_datasets = &datasets;
    m_dataset = dataset;
    m_atEnd = false;
    fetchMore({});
}

void PromptsModel::clear()
{
    beginResetModel();
    ++m_shown;
    m_rows.clear();
    m_reading = false;
    m_atEnd = true;
    endResetModel();
}

bool PromptsModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && !m_atEnd && !m_reading;
}

void PromptsModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    m_reading = true;
    const qint64 after = m_rows.isEmpty() ? 0 : m_rows.last().number;
    const auto page = m_datasets->ask(
        [id = m_dataset.id, after](evaluation::DatasetStore &store) -> Result<QList<Row>> {
            const auto prompts = store.promptsAfter(id, after, kPage);
            if (!prompts)
                return tl::unexpected(prompts.error());
            QList<Row> rows;
            for (const evaluation::StoredPrompt &each : *prompts)
                rows.append({each.row, shortText(each.prompt.prompt),
                             shortText(each.prompt.expected), each.part});
            return rows;
        });
    whenReady(page, this, [this, shown = m_shown](const Result<QList<Row>> &rows) {
        if (shown != m_shown)
            return;
        m_atEnd = !rows || rows->size() < kPage;
        if (rows)
            append(*rows);
        m_reading = false; // only now: views ask for more while rows are inserted
        if (!rows)
            Q_EMIT failed(rows.error().message);
    });
}

void PromptsModel::append(const QList<Row> &page)
{
    if (page.isEmpty())
        return;
    beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + page.size() - 1));
    m_rows.append(page);
    endInsertRows();
}

int PromptsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int PromptsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString PromptsModel::text(const Row &row, int column) const
{
    switch (column) {
    case NumberColumn:
        return formatCount(row.number);
    case PromptColumn:
        return row.prompt;
    case ExpectedColumn:
        return row.expected;
    default:
        return row.part == Part::Train        ? tr("train")
               : row.part == Part::Validation ? tr("validation")
                                              : tr("test");
    }
}

QVariant PromptsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows[index.row()];
    const bool isText = index.column() == PromptColumn || index.column() == ExpectedColumn;
    if (role == Qt::DisplayRole || (role == Qt::ToolTipRole && isText))
        return text(row, index.column());
    if (role == Qt::TextAlignmentRole && index.column() == NumberColumn)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

QVariant PromptsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == NumberColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    static constexpr std::array kTitles{QT_TR_NOOP("Row"), QT_TR_NOOP("Prompt"),
                                        QT_TR_NOOP("Expected"), QT_TR_NOOP("Part")};
    return tr(kTitles[size_t(section)]);
}

} // namespace headgate::ui
