#include "ui/common/command_model.h"

#include "ui/common/fuzzy_match.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr auto kNeverUsed = std::numeric_limits<qsizetype>::max();
constexpr int kBelowTitles = 60; // what is found beside the title ranks below nearly every title

} // namespace

void CommandModel::setSources(const QList<CommandSource> &sources, bool actionsOnly,
                              const QStringList &recent)
{
    beginResetModel();
    m_entries.clear();
    m_shown.clear();
    for (const CommandSource &source : sources) {
        if (actionsOnly && source.kind != CommandSource::Kind::Action)
            continue;
        for (const Command &command : source.commands()) {
            const qsizetype place = recent.indexOf(command.id);
            m_entries.append({command, source.section, place < 0 ? kNeverUsed : place});
        }
    }
    endResetModel();
    setSearch({});
}

std::optional<int> CommandModel::score(const Entry &entry, const QString &search) const
{
    const Command &command = entry.command;
    if (const auto title = fuzzyScore(search, command.title))
        return title;
    const QString beside = u' ' + QStringList{command.title, command.detail, command.keywords,
                                              entry.section}
                                      .join(u' ');
    // First letters of words are no more than chance in what is not a title.
    const auto found = fuzzyScore(search, beside);
    return found && *found > kInitialsScore ? std::optional(*found - kBelowTitles) : std::nullopt;
}

void CommandModel::setSearch(const QString &search)
{
    struct Hit
    {
        qsizetype entry;
        int score;
    };
    QList<Hit> hits;
    for (qsizetype i = 0; i < m_entries.size(); ++i) {
        if (const auto found = score(m_entries[i], search))
            hits.append({i, *found});
    }
    std::stable_sort(hits.begin(), hits.end(), [this](const Hit &a, const Hit &b) {
        if (a.score != b.score)
            return a.score > b.score;
        return m_entries[a.entry].age < m_entries[b.entry].age;
    });
    beginResetModel();
    m_shown.clear();
    for (const Hit &hit : std::as_const(hits))
        m_shown.append(hit.entry);
    endResetModel();
}

int CommandModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

QVariant CommandModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry &entry = m_entries[m_shown[index.row()]];
    const QString shortcut = entry.command.shortcut.toString(QKeySequence::NativeText);
    switch (role) {
    case Qt::DisplayRole:
        return entry.command.title;
    case Qt::DecorationRole:
        return entry.command.icon;
    case Qt::ToolTipRole:
        return entry.command.detail;
    case Qt::AccessibleTextRole: {
        QStringList parts{entry.command.title, entry.command.detail, entry.section, shortcut};
        parts.removeAll(QString());
        return parts.join(u", "_s);
    }
    case SectionRole:
        return entry.section;
    case DetailRole:
        return entry.command.detail;
    case ShortcutRole:
        return shortcut;
    default:
        return {};
    }
}

} // namespace headgate::ui
