#include "core/evaluation/datasets/json_rows.h"

#include "core/evaluation/texts.h"

#include <simdjson.h>

namespace headgate::evaluation {

namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

class JsonRows final : public RowSource
{
public:
    explicit JsonRows(LineSource source)
        : m_source(std::move(source))
    {
    }

    Result<bool> next() override
    {
        for (;;) {
            const auto line = m_source.next();
            if (!line)
                return tl::unexpected(line.error());
            if (!*line)
                return false;
            if ((*line)->trimmed().isEmpty())
                continue;
            read(**line);
            return true;
        }
    }

    qint64 number() const override { return m_source.lineNumber(); }
    QString complaint() const override { return m_complaint; }
    Format format() const override { return Format::JsonLines; }
    qint64 bytesRead() const override { return m_source.bytesRead(); }
    qint64 fileSize() const override { return m_source.fileSize(); }

    QStringList columns() const override
    {
        QStringList names;
        if (!m_complaint.isEmpty())
            return names;
        for (const auto &[key, value] : m_row)
            names.append(QString::fromUtf8(key.data(), qsizetype(key.size())));
        return names;
    }

    std::optional<Cell> value(const QString &column) const override
    {
        element found;
        const QByteArray key = column.toUtf8();
        if (!m_complaint.isEmpty() ||
            m_row[std::string_view(key.constData(), size_t(key.size()))].get(found) !=
                simdjson::SUCCESS ||
            found.is_null())
            return {};
        if (found.type() != element_type::STRING)
            return Cell{QByteArray::fromStdString(simdjson::minify(found)),
                        found.is_array() || found.is_object()};
        const std::string_view text = found.get_string().value_unsafe();
        if (text.empty())
            return {};
        return Cell{QByteArray(text.data(), qsizetype(text.size()))};
    }

    Result<> readOutcomes(const QString &column, const OutcomeSink &sink) const override
    {
        simdjson::dom::object models;
        const QByteArray key = column.toUtf8();
        const std::string_view name(key.constData(), size_t(key.size()));
        if (m_row[name].get(models) != simdjson::SUCCESS)
            return RowSource::readOutcomes(column, sink);
        return readModelOutcomes(models, sink); // without a text of its own in between
    }

private:
    void read(QByteArrayView line)
    {
        const auto parsed = m_parser.parse(line.data(), size_t(line.size())).get(m_row);
        if (parsed == simdjson::SUCCESS)
            m_complaint.clear();
        else if (parsed == simdjson::INCORRECT_TYPE)
            m_complaint = Texts::tr("It must be a JSON object.");
        else
            m_complaint = Texts::tr("It is no valid JSON (%1).")
                              .arg(QString::fromUtf8(simdjson::error_message(parsed)));
    }

    LineSource m_source;
    simdjson::dom::parser m_parser;
    simdjson::dom::object m_row; // lives in the parser until the next line
    QString m_complaint;
};

} // namespace

std::unique_ptr<RowSource> makeJsonRows(LineSource source)
{
    return std::make_unique<JsonRows>(std::move(source));
}

} // namespace headgate::evaluation
