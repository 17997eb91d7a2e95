#include "ui/ask/trace_model.h"

#include "ui/common/hop_words.h"
#include "ui/common/number_format.h"

namespace headgate::ui {

namespace {

// A visit's index carries 0, an attempt's the row of its visit + 1.
constexpr quintptr kVisit = 0;

// A row beneath its node: a try, a call that the node needs for itself, or what it made of those.
QString attemptLabel(const engine::Hop &hop)
{
    if (hop.attempt == 0)
        return engine::isOfGate(hop.kind) ? TraceModel::tr("Score") : TraceModel::tr("Decision");
    if (hop.asksForAnswer())
        return TraceModel::tr("Try %1").arg(hop.attempt);
    return hop.attempt == 1
               ? TraceModel::tr("Asks %1").arg(hop.askedModel)
               : TraceModel::tr("Asks %1, try %2").arg(hop.askedModel).arg(hop.attempt);
}

} // namespace

void TraceModel::clear()
{
    setHops({});
}

void TraceModel::setHops(const QList<engine::Hop> &hops)
{
    beginResetModel();
    m_hops = hops;
    m_visits.clear();
    for (qsizetype i = 0; i < m_hops.size(); ++i) {
        if (i > 0 && m_hops[i].node == m_hops[i - 1].node)
            m_visits.last().last = i;
        else
            m_visits.append({i, i});
    }
    endResetModel();
}

void TraceModel::append(const engine::Hop &hop)
{
    const bool continues = !m_hops.isEmpty() && m_hops.last().node == hop.node;
    if (!continues) {
        const int row = int(m_visits.size());
        beginInsertRows({}, row, row);
        m_visits.append({m_hops.size(), m_hops.size()});
        m_hops.append(hop);
        endInsertRows();
    } else {
        const int visitRow = int(m_visits.size()) - 1;
        const QModelIndex visit = index(visitRow, 0);
        const int attempts = rowCount(visit);
        // The first attempt becomes a row of its own once there is a second.
        const int from = attempts == 0 ? 0 : attempts;
        const int to = attempts == 0 ? 1 : attempts;
        beginInsertRows(visit, from, to);
        m_visits.last().last = m_hops.size();
        m_hops.append(hop);
        endInsertRows();
        Q_EMIT dataChanged(visit, index(visitRow, ColumnCount - 1));
    }
    // Every bar is drawn against the whole span, which has grown.
    Q_EMIT dataChanged(index(0, BarColumn), index(rowCount() - 1, BarColumn));
}

std::chrono::nanoseconds TraceModel::span() const
{
    std::chrono::nanoseconds longest{};
    for (const engine::Hop &hop : m_hops)
        longest = std::max(longest, hop.end);
    return longest;
}

QModelIndex TraceModel::indexOfHop(qsizetype hop) const
{
    for (qsizetype row = 0; row < m_visits.size(); ++row) {
        const Visit &visit = m_visits[row];
        if (hop < visit.first || hop > visit.last)
            continue;
        const QModelIndex visitIndex = index(int(row), 0);
        return visit.first == visit.last ? visitIndex
                                         : index(int(hop - visit.first), 0, visitIndex);
    }
    return {};
}

QModelIndex TraceModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) + 1 : kVisit);
}

QModelIndex TraceModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == kVisit)
        return {};
    return createIndex(int(child.internalId()) - 1, 0, kVisit);
}

int TraceModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_visits.size());
    if (parent.column() != 0 || parent.internalId() != kVisit)
        return 0;
    const Visit &visit = m_visits[parent.row()];
    return visit.first == visit.last ? 0 : int(visit.last - visit.first) + 1;
}

int TraceModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

qsizetype TraceModel::hopOf(const QModelIndex &index) const
{
    if (index.internalId() == kVisit)
        return m_visits[index.row()].last;
    return m_visits[qsizetype(index.internalId()) - 1].first + index.row();
}

QVariant TraceModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const bool isAttempt = index.internalId() != kVisit;
    const qsizetype hop = hopOf(index);
    const qsizetype first = isAttempt ? hop : m_visits[index.row()].first;

    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == StepColumn)
            return isAttempt ? attemptLabel(m_hops[hop]) : m_hops[hop].title;
        if (index.column() == TimeColumn)
            return formatDuration(m_hops[hop].end - m_hops[first].start);
        return {};
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return hopSentence(m_hops[hop]);
    case Qt::TextAlignmentRole:
        if (index.column() == TimeColumn)
            return QVariant(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    default:
        return hopData(hop, first, isAttempt, role);
    }
}

// Calls of one visit, from its first hop to its last.
qsizetype TraceModel::callsIn(qsizetype first, qsizetype last) const
{
    return std::count_if(m_hops.cbegin() + first, m_hops.cbegin() + last + 1,
                         [](const engine::Hop &hop) { return hop.attempt > 0; });
}

QVariant TraceModel::hopData(qsizetype hop, qsizetype firstHop, bool isAttempt, int role) const
{
    const engine::Hop &it = m_hops[hop];
    switch (role) {
    case SubtitleRole:
        if (isAttempt || firstHop == hop)
            return hopSubtitle(it);
        return m_hops[firstHop].asksForAnswer()
                   ? tr("%n tries, %1", nullptr, int(hop - firstHop) + 1).arg(hopSubtitle(it))
                   : tr("%n calls, %1", nullptr, int(callsIn(firstHop, hop))).arg(hopSubtitle(it));
    case KindRole:
        return it.kind;
    case NodeRole:
        return QVariant::fromValue(it.node);
    case HopRole:
        return int(hop);
    case StartRole:
        return qint64(m_hops[firstHop].start.count());
    case FirstTokenRole:
        return it.firstToken ? QVariant(qint64(it.firstToken->count())) : QVariant();
    case EndRole:
        return qint64(it.end.count());
    case FailedRole:
        return !it.failureClass.isEmpty();
    case DiscardedRole:
        return it.discarded;
    default:
        return {};
    }
}

QVariant TraceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case StepColumn:
        return tr("Step");
    case BarColumn:
        return tr("When");
    case TimeColumn:
        return tr("Time");
    default:
        return {};
    }
}

} // namespace headgate::ui
