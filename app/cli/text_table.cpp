#include "app/cli/text_table.h"

namespace headgate::cli {

using namespace Qt::StringLiterals;

QString TextTable::line(const QStringList &cells, const QList<qsizetype> &widths) const
{
    QStringList padded;
    for (qsizetype i = 0; i < m_columns.size(); ++i) {
        const QString cell = cells.value(i);
        padded.append(m_columns[i].align == Align::Left ? cell.leftJustified(widths[i])
                                                        : cell.rightJustified(widths[i]));
    }
    QString joined = padded.join("  "_L1);
    while (joined.endsWith(u' '))
        joined.chop(1);
    return joined;
}

QString TextTable::text() const
{
    QStringList titles;
    QList<qsizetype> widths;
    for (qsizetype i = 0; i < m_columns.size(); ++i) {
        titles.append(m_columns[i].title);
        qsizetype width = m_columns[i].title.size();
        for (const QStringList &row : m_rows)
            width = std::max(width, row.value(i).size());
        widths.append(width);
    }
    QStringList lines{line(titles, widths)};
    for (const QStringList &row : m_rows)
        lines.append(line(row, widths));
    return lines.join(u'\n');
}

QString shortened(const QString &text, qsizetype width)
{
    // Control characters could move the cursor, or hide what stands before them.
    QString plain;
    for (const QChar character : text)
        plain += character.category() == QChar::Other_Control ? QChar(u' ') : character;
    plain = plain.simplified();
    return plain.size() <= width ? plain : plain.left(width - 1).trimmed() + u'…';
}

} // namespace headgate::cli
