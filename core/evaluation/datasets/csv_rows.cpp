#include "core/evaluation/datasets/csv_rows.h"

#include "core/evaluation/texts.h"

#include <QHash>

namespace headgate::evaluation {

namespace {

class CsvRows final : public RowSource
{
public:
    CsvRows(CsvReader reader, QStringList columns)
        : m_reader(std::move(reader))
        , m_columns(std::move(columns))
    {
        for (qsizetype i = 0; i < m_columns.size(); ++i)
            m_places.insert(m_columns[i], size_t(i));
    }

    Result<bool> next() override
    {
        auto record = m_reader.next();
        if (!record)
            return tl::unexpected(std::move(record.error()));
        if (!*record)
            return false;
        m_fields = std::move(**record);
        m_complaint.clear();
        if (m_fields.size() != size_t(m_columns.size()))
            m_complaint = Texts::tr("It has %1 fields where the header has %2.")
                              .arg(m_fields.size())
                              .arg(m_columns.size());
        else if (!std::all_of(m_fields.begin(), m_fields.end(),
                              [](QByteArrayView field) { return field.isValidUtf8(); }))
            m_complaint = Texts::tr("It is no UTF-8 text.");
        return true;
    }

    qint64 number() const override { return m_reader.recordNumber(); }
    QString complaint() const override { return m_complaint; }
    QStringList columns() const override { return m_columns; }
    Format format() const override { return Format::Csv; }
    qint64 bytesRead() const override { return m_reader.source().bytesRead(); }
    qint64 fileSize() const override { return m_reader.source().fileSize(); }

    std::optional<Cell> value(const QString &column) const override
    {
        const auto place = m_places.constFind(column);
        if (place == m_places.cend() || *place >= m_fields.size() || m_fields[*place].isEmpty())
            return {};
        return Cell{m_fields[*place].toByteArray()};
    }

private:
    CsvReader m_reader;
    QStringList m_columns;
    QHash<QString, size_t> m_places;
    std::vector<QByteArrayView> m_fields;
    QString m_complaint;
};

} // namespace

Result<std::unique_ptr<RowSource>> makeCsvRows(CsvReader reader)
{
    const auto header = reader.next();
    if (!header)
        return tl::unexpected(header.error());
    if (!*header)
        return fail(ErrorCode::InvalidInput, Texts::tr("The file is empty."));
    QStringList columns;
    for (const QByteArrayView field : **header) {
        const QString name = QString::fromUtf8(field).trimmed();
        if (name.isEmpty() || name.contains(QChar::ReplacementCharacter) || name.contains(QChar(0)))
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("Column %1 has no name: the first row must name the columns.")
                            .arg(columns.size() + 1));
        if (columns.contains(name))
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("Two columns are called “%1”; rename one.").arg(name));
        columns.append(name);
    }
    return std::make_unique<CsvRows>(std::move(reader), std::move(columns));
}

} // namespace headgate::evaluation
