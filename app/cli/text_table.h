#pragma once

#include <QList>
#include <QStringList>

namespace headgate::cli {

// Columns of text that line up in a terminal.
class TextTable
{
public:
    enum class Align { Left, Right };

    struct Column
    {
        QString title;
        Align align = Align::Left;
    };

    explicit TextTable(QList<Column> columns)
        : m_columns(std::move(columns))
    {
    }

    void addRow(const QStringList &cells) { m_rows.append(cells); }
    QString text() const; // a line a row, the titles first

private:
    QString line(const QStringList &cells, const QList<qsizetype> &widths) const;

    QList<Column> m_columns;
    QList<QStringList> m_rows;
};

// At most `width` characters on one line, with an ellipsis where some were left out.
QString shortened(const QString &text, qsizetype width);

} // namespace headgate::cli
