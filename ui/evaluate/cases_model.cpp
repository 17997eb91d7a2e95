#include "ui/evaluate/cases_model.h"

#include "ui/common/number_format.h"
#include "ui/common/theme.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using evaluation::Cascade;
using evaluation::CascadeColumns;

namespace {

constexpr qsizetype kPromptShown = 160;
constexpr qint64 kHalf = qint64(evaluation::kQualityUnits / 2);

// A quality of at least one half counts as right.
bool isRight(qint64 quality)
{
    return quality >= kHalf;
}

QString mark(bool right)
{
    return right ? u"✓"_s : u"✕"_s;
}

} // namespace

CasesModel::CasesModel(const Theme &theme, QObject *parent)
    : QAbstractTableModel(parent)
    , m_theme(theme)
{
}

void CasesModel::setCascades(std::shared_ptr<const LoadedOutcomes> outcomes,
                             const CascadeColumns &columns, const Cascade &before,
                             const Cascade &now)
{
    beginResetModel();
    m_outcomes = std::move(outcomes);
    m_columns = &columns;
    m_beforeCascade = before;
    m_nowCascade = now;
    m_before = walkCascade(columns, before);
    m_now = walkCascade(columns, now);
    fill();
    endResetModel();
}

void CasesModel::setFilter(Filter filter)
{
    beginResetModel();
    m_filter = filter;
    fill();
    endResetModel();
}

bool CasesModel::matches(size_t row, Filter filter) const
{
    const bool was = isRight(m_before.quality[row]);
    const bool is = isRight(m_now.quality[row]);
    return filter == Filter::All || (filter == Filter::Failed ? !is : was != is);
}

void CasesModel::fill()
{
    m_shown.clear();
    for (size_t row = 0; row < m_now.quality.size(); ++row) {
        if (matches(row, m_filter))
            m_shown.push_back(row);
    }
    // What differs most in money first; of equals in the order of the file.
    std::stable_sort(m_shown.begin(), m_shown.end(), [this](size_t a, size_t b) {
        return std::abs(costDifference(a)) > std::abs(costDifference(b));
    });
}

qsizetype CasesModel::count(Filter filter) const
{
    qsizetype found = 0;
    for (size_t row = 0; row < m_now.quality.size(); ++row)
        found += matches(row, filter);
    return found;
}

int CasesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

int CasesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

qint64 CasesModel::costDifference(size_t row) const
{
    return m_now.cost[row] - m_before.cost[row];
}

QString CasesModel::prompt(size_t row) const
{
    const auto bytes =
        m_outcomes->table->prompts.at(m_columns->rows[row]).sliced(m_outcomes->commonPrefix);
    return (m_outcomes->commonPrefix > 0 ? u"… "_s : QString()) +
           QString::fromUtf8(bytes.first(std::min(bytes.size(), 4 * kPromptShown)))
               .simplified()
               .left(kPromptShown);
}

QString CasesModel::route(size_t row) const
{
    const auto answeredBy = [this](const Cascade &cascade, qint8 stage) {
        return m_columns->models[size_t(cascade.model[size_t(stage)])].name;
    };
    const QString was = answeredBy(m_beforeCascade, m_before.stage[row]);
    const QString is = answeredBy(m_nowCascade, m_now.stage[row]);
    return was == is ? is : u"%1 → %2"_s.arg(was, is);
}

QString CasesModel::text(size_t row, int column) const
{
    switch (column) {
    case NumberColumn:
        return formatCount(m_columns->rows[row] + 1);
    case PromptColumn:
        return prompt(row);
    case BeforeColumn:
        return mark(isRight(m_before.quality[row]));
    case NewColumn:
        return mark(isRight(m_now.quality[row]));
    case RouteColumn:
        return route(row);
    default:
        return formatDifference(Money::fromNanos(costDifference(row)));
    }
}

QVariant CasesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const size_t row = m_shown[size_t(index.row())];
    const bool isMark = index.column() == BeforeColumn || index.column() == NewColumn;
    const bool right = isRight((index.column() == BeforeColumn ? m_before : m_now).quality[row]);
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::ToolTipRole:
        return index.column() == PromptColumn || index.column() == RouteColumn
                   ? text(row, index.column())
                   : QString();
    case Qt::AccessibleTextRole:
        return isMark ? (right ? tr("right") : tr("wrong")) : text(row, index.column());
    case Qt::ForegroundRole:
        return isMark ? m_theme.color(right ? Token::Good : Token::Bad) : QVariant();
    case Qt::TextAlignmentRole:
        return int(index.column() == CostColumn ? Qt::AlignRight | Qt::AlignVCenter
                   : isMark                     ? Qt::AlignCenter
                                                : Qt::AlignLeft | Qt::AlignVCenter);
    case SortRole:
        return index.column() == CostColumn ? QVariant(std::abs(costDifference(row)))
                                            : QVariant(text(row, index.column()));
    default:
        return {};
    }
}

QVariant CasesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(section == CostColumn ? Qt::AlignRight | Qt::AlignVCenter
                   : section == BeforeColumn || section == NewColumn
                       ? Qt::AlignCenter
                       : Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    static constexpr std::array kTitles{QT_TR_NOOP("#"),      QT_TR_NOOP("Prompt"),
                                        QT_TR_NOOP("Before"), QT_TR_NOOP("New"),
                                        QT_TR_NOOP("Route"),  QT_TR_NOOP("Cost")};
    return tr(kTitles[size_t(section)]);
}

} // namespace headgate::ui
