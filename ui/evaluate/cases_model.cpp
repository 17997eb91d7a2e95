#include "ui/evaluate/cases_model.h"

#include "ui/common/number_format.h"
#include "ui/common/theme.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using evaluation::ReplayEnd;
using evaluation::RoutedRows;

namespace {

constexpr qsizetype kPromptShown = 160;
constexpr float kHalf = 0.5F; // a quality from here on counts as right
constexpr double kUnknownLast = -1;

QString signedQuality(double difference)
{
    const QString number = QLocale().toString(std::abs(difference), 'f', 2);
    return (difference < 0 ? u"−"_s : u"+"_s) + number;
}

} // namespace

CasesModel::CasesModel(const Theme &theme, QObject *parent)
    : QAbstractTableModel(parent)
    , m_theme(theme)
{
}

void CasesModel::setRouted(std::shared_ptr<const LoadedOutcomes> outcomes, RoutedPtr before,
                           RoutedPtr now)
{
    beginResetModel();
    if (m_outcomes != outcomes)
        takeOutcomes(std::move(outcomes));
    m_before = std::move(before);
    m_now = std::move(now);
    m_regrets.clear();
    for (size_t place = 0; place < m_now->size(); ++place)
        m_regrets.push_back(m_now->isKnown(place)
                                ? evaluation::regretAt(*m_outcomes->table, m_now->rows[place],
                                                       m_now->quality[place], m_now->cost[place])
                                : evaluation::Regret());
    fill();
    endResetModel();
}

void CasesModel::clear()
{
    beginResetModel();
    m_outcomes.reset();
    m_before.reset();
    m_now.reset();
    m_cases.clear();
    m_shown.clear();
    endResetModel();
}

void CasesModel::takeOutcomes(std::shared_ptr<const LoadedOutcomes> outcomes)
{
    m_outcomes = std::move(outcomes);
    m_cases.clear();
    const std::vector<qint32> &complete = m_outcomes->validation.rows; // ascending
    size_t place = 0;
    for (const qint32 row : m_outcomes->table->rowsOf(evaluation::Part::Validation)) {
        const bool isComplete = place < complete.size() && complete[place] == row;
        m_cases.push_back({row, isComplete ? qint32(place) : -1});
        place += isComplete;
    }
}

void CasesModel::setFilter(Filter filter)
{
    beginResetModel();
    m_filter = filter;
    fill();
    endResetModel();
}

void CasesModel::setOrder(Order order)
{
    beginResetModel();
    m_order = order;
    fill();
    endResetModel();
}

CasesModel::Mark CasesModel::markOf(const Case &each, const RoutedRows &routed) const
{
    if (each.place < 0 || !routed.isKnown(size_t(each.place)))
        return Mark::None;
    return routed.quality[size_t(each.place)] >= kHalf ? Mark::Right : Mark::Wrong;
}

bool CasesModel::matches(const Case &each, Filter filter) const
{
    const Mark was = markOf(each, *m_before);
    const Mark is = markOf(each, *m_now);
    const auto failed = [&each](const RoutedRows &routed) {
        return routed.end[size_t(each.place)] == ReplayEnd::Failed;
    };
    switch (filter) {
    case Filter::All:
        return true;
    case Filter::Failed:
        return is == Mark::Wrong;
    case Filter::Flipped:
        return was != is && was != Mark::None && is != Mark::None;
    case Filter::Error:
        return was == Mark::None || is == Mark::None || failed(*m_before) || failed(*m_now);
    case Filter::Overpaid:
        return is != Mark::None && m_regrets[size_t(each.place)].overpaid > 0;
    case Filter::Underserved:
        return is != Mark::None && m_regrets[size_t(each.place)].underserved > 0;
    }
    Q_UNREACHABLE();
}

void CasesModel::fill()
{
    m_shown.clear();
    if (!m_now)
        return;
    std::vector<std::pair<double, Case>> found;
    for (const Case &each : m_cases) {
        if (matches(each, m_filter))
            found.emplace_back(sizeOf(each), each);
    }
    // What differs most first; of equals in the order of the file.
    std::stable_sort(found.begin(), found.end(),
                     [](const auto &a, const auto &b) { return a.first > b.first; });
    for (const auto &[size, each] : found)
        m_shown.push_back(each);
}

qsizetype CasesModel::count(Filter filter) const
{
    return m_now ? std::count_if(m_cases.begin(), m_cases.end(),
                                 [&](const Case &each) { return matches(each, filter); })
                 : 0;
}

int CasesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

int CasesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

std::optional<double> CasesModel::value(const Case &each) const
{
    if (each.place < 0)
        return std::nullopt;
    const auto place = size_t(each.place);
    if (m_filter == Filter::Overpaid)
        return double(m_regrets[place].overpaid);
    if (m_filter == Filter::Underserved)
        return double(m_regrets[place].underserved);
    if (!m_before->isKnown(place) || !m_now->isKnown(place))
        return std::nullopt;
    if (m_order == Order::Quality)
        return double(m_now->quality[place]) - double(m_before->quality[place]);
    if (m_now->cost[place] < 0 || m_before->cost[place] < 0)
        return std::nullopt;
    return double(m_now->cost[place] - m_before->cost[place]);
}

double CasesModel::sizeOf(const Case &each) const
{
    const auto known = value(each);
    return known ? std::abs(*known) : kUnknownLast;
}

QString CasesModel::valueText(const Case &each) const
{
    const auto known = value(each);
    if (!known)
        return tr("unknown");
    if (m_filter == Filter::Underserved)
        return signedQuality(-*known);
    if (m_filter != Filter::Overpaid && m_order == Order::Quality)
        return signedQuality(*known);
    return formatDifference(Money::fromNanos(qint64(*known)));
}

QString CasesModel::prompt(const Case &each) const
{
    const auto bytes = m_outcomes->table->prompts.at(each.row).sliced(m_outcomes->commonPrefix);
    return (m_outcomes->commonPrefix > 0 ? u"… "_s : QString()) +
           QString::fromUtf8(bytes.first(std::min(bytes.size(), 4 * kPromptShown)))
               .simplified()
               .left(kPromptShown);
}

QString CasesModel::nameOf(qint32 model) const
{
    return model < 0 ? tr("no model") : m_outcomes->table->models[size_t(model)].name;
}

QString CasesModel::absent(const Case &each) const
{
    QStringList names;
    for (const evaluation::CascadeColumn &column : m_outcomes->validation.models) {
        const evaluation::ModelColumns &model = m_outcomes->table->models[size_t(column.place)];
        if (!model.answered(each.row) || model.costAt(each.row) < 0)
            names.append(column.name);
    }
    return names.isEmpty() ? tr("no outcome") : tr("no outcome of %1").arg(names.join(u", "_s));
}

QString CasesModel::route(const Case &each) const
{
    if (each.place < 0)
        return absent(each);
    const auto place = size_t(each.place);
    const auto of = [this, place](const RoutedRows &routed) {
        return routed.isKnown(place) ? nameOf(routed.model[place]) : tr("no outcome");
    };
    const QString is = of(*m_now);
    const evaluation::Regret &regret = m_regrets[place];
    if (m_filter == Filter::Overpaid)
        return tr("%1; %2 would do").arg(is, nameOf(regret.cheaper));
    if (m_filter == Filter::Underserved)
        return tr("%1; %2 was better").arg(is, nameOf(regret.better));
    const QString was = of(*m_before);
    return was == is ? is : u"%1 → %2"_s.arg(was, is);
}

QString CasesModel::text(const Case &each, int column) const
{
    const auto mark = [](Mark of) {
        return of == Mark::Right ? u"✓"_s : of == Mark::Wrong ? u"✕"_s : u"–"_s;
    };
    switch (column) {
    case NumberColumn:
        return formatCount(each.row + 1);
    case PromptColumn:
        return prompt(each);
    case BeforeColumn:
        return mark(markOf(each, *m_before));
    case NewColumn:
        return mark(markOf(each, *m_now));
    case RouteColumn:
        return route(each);
    default:
        return valueText(each);
    }
}

QVariant CasesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Case &each = m_shown[size_t(index.row())];
    const bool isMark = index.column() == BeforeColumn || index.column() == NewColumn;
    const Mark mark =
        isMark ? markOf(each, index.column() == BeforeColumn ? *m_before : *m_now) : Mark::None;
    switch (role) {
    case Qt::DisplayRole:
        return text(each, index.column());
    case Qt::ToolTipRole:
        return index.column() == PromptColumn || index.column() == RouteColumn
                   ? text(each, index.column())
                   : QString();
    case Qt::AccessibleTextRole:
        return !isMark               ? text(each, index.column())
               : mark == Mark::Right ? tr("right")
               : mark == Mark::Wrong ? tr("wrong")
                                     : tr("no outcome");
    case Qt::ForegroundRole:
        return !isMark ? QVariant()
                       : m_theme.color(mark == Mark::Right   ? Token::Good
                                       : mark == Mark::Wrong ? Token::Bad
                                                             : Token::TextFaint);
    case Qt::TextAlignmentRole:
        return int(index.column() == ValueColumn ? Qt::AlignRight | Qt::AlignVCenter
                   : isMark                      ? Qt::AlignCenter
                                                 : Qt::AlignLeft | Qt::AlignVCenter);
    case SortRole:
        return index.column() == ValueColumn ? QVariant(sizeOf(each))
                                             : QVariant(text(each, index.column()));
    default:
        return {};
    }
}

QVariant CasesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(section == ValueColumn ? Qt::AlignRight | Qt::AlignVCenter
                   : section == BeforeColumn || section == NewColumn
                       ? Qt::AlignCenter
                       : Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    if (section == ValueColumn) {
        if (m_filter == Filter::Overpaid)
            return tr("Overpaid");
        return m_filter == Filter::Underserved || m_order == Order::Quality ? tr("Quality")
                                                                            : tr("Cost");
    }
    static constexpr std::array kTitles{QT_TR_NOOP("#"), QT_TR_NOOP("Prompt"), QT_TR_NOOP("Before"),
                                        QT_TR_NOOP("New"), QT_TR_NOOP("Route")};
    return tr(kTitles[size_t(section)]);
}

} // namespace headgate::ui
