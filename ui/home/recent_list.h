#pragma once

#include <QDateTime>
#include <QWidget>

class QVBoxLayout;

namespace headgate::ui {

class Theme;

// The files that were open last: name, folder, when it was changed. One click opens, a pin keeps a
// file on top and safe from being cleared, a cross takes it off the list. A file that is gone says
// so.
class RecentList final : public QWidget
{
    Q_OBJECT
public:
    explicit RecentList(const Theme &theme, QWidget *parent = nullptr); // outlives the list

    struct Entry
    {
        QString path;
        QDateTime changed; // invalid: the file is not there
        bool pinned = false;
    };
    void setEntries(const QList<Entry> &entries);
    int count() const { return int(m_rows.size()); }

Q_SIGNALS:
    void activated(const QString &path);
    void pinToggled(const QString &path, bool pinned);
    void removed(const QString &path);

private:
    QWidget *makeRow(const Entry &entry);

    const Theme &m_theme;
    QVBoxLayout *m_layout = nullptr;
    QList<QWidget *> m_rows;
};

// "today at 14:03", "yesterday at 9:10", else the date.
QString shownMoment(const QDateTime &at, const QDateTime &now);

} // namespace headgate::ui
