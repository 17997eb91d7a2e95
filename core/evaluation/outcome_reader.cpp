#include "core/evaluation/outcome_reader.h"

#include "core/evaluation/datasets/row_source.h"
#include "core/evaluation/line_source.h"
#include "core/evaluation/outcome_columns.h"
#include "core/evaluation/outcome_members.h"
#include "core/evaluation/outcome_table_reader.h"
#include "core/evaluation/texts.h"

#include <QFileInfo>
#include <QRegularExpression>

#include <simdjson.h>

namespace headgate::evaluation {

namespace {

using simdjson::dom::element;
using simdjson::dom::object;

constexpr qint64 kLinesBetweenReports = 1'000;

tl::unexpected<Error> wrong(const QString &complaint)
{
    return fail(ErrorCode::InvalidInput, complaint);
}

QByteArrayView bytesOf(std::string_view text)
{
    return {text.data(), qsizetype(text.size())};
}

QString nameOf(std::string_view key)
{
    return QString::fromUtf8(bytesOf(key));
}

// Text, or the digits of a number; an error for anything else.
Result<QByteArray> textIn(const object &from, std::string_view key)
{
    element value;
    if (from[key].get(value) != simdjson::SUCCESS || value.is_null())
        return QByteArray();
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS)
        return bytesOf(text).toByteArray();
    std::int64_t number = 0;
    if (value.get(number) == simdjson::SUCCESS)
        return QByteArray::number(qint64(number));
    return wrong(Texts::tr("“%1” must be a text").arg(nameOf(key)));
}

class Reader
{
public:
    explicit Reader(KeptTexts keep)
        : m_builder(keep)
    {
    }
    Q_DISABLE_COPY_MOVE(Reader) // the sink holds the builder

    Result<> readLine(QByteArrayView line, qint64 number)
    {
        object row;
        const auto parsed = m_parser.parse(line.data(), size_t(line.size())).get(row);
        if (parsed == simdjson::INCORRECT_TYPE)
            return wrong(Texts::tr("it must be an object"));
        if (parsed != simdjson::SUCCESS)
            return wrong(Texts::tr("it is no valid JSON (%1)")
                             .arg(QString::fromUtf8(simdjson::error_message(parsed))));
        std::string_view prompt;
        if (row["prompt"].get(prompt) != simdjson::SUCCESS)
            return wrong(Texts::tr("“prompt” must be a text"));
        auto id = textIn(row, "id");
        const auto subset = textIn(row, "subset");
        const auto label = textIn(row, "label");
        if (!id || !subset || !label)
            return tl::unexpected((!id ? id : !subset ? subset : label).error());
        object models;
        if (row["models"].get(models) != simdjson::SUCCESS)
            return wrong(Texts::tr("“models” must be an object with one entry a model"));
        if (id->isEmpty())
            *id = QByteArray::number(number);
        if (auto added = m_builder.addRow(*id, bytesOf(prompt), *subset, *label); !added)
            return added;
        return readModelOutcomes(models, m_sink);
    }

    OutcomeTable take() { return m_builder.take(); }
    qsizetype rows() const { return m_builder.rows(); }

private:
    simdjson::dom::parser m_parser;
    OutcomeBuilder m_builder;
    const OutcomeSink m_sink = [this](QByteArrayView model, const Outcome &outcome) {
        return m_builder.add(model, outcome);
    };
};

// The rows of a CSV file, told by its name or its header; nullptr where it is none.
std::unique_ptr<RowSource> csvRows(const QString &path)
{
    auto rows = openRows(path);
    if (!rows || (*rows)->format() != RowSource::Format::Csv)
        return nullptr;
    static const QRegularExpression name(QStringLiteral("\\.(csv|tsv)(\\.gz)?$"),
                                         QRegularExpression::CaseInsensitiveOption);
    const bool isTable = !OutcomeColumns((*rows)->columns()).isEmpty() || path.contains(name);
    return isTable ? std::move(*rows) : nullptr;
}

} // namespace

Result<OutcomeTable> readOutcomes(const QString &path, KeptTexts keep, const ReadProgress &progress,
                                  std::stop_token stop)
{
    const QString file = QFileInfo(path).fileName();
    if (const auto rows = csvRows(path))
        return readOutcomeColumns(*rows, file, keep, progress, stop);
    auto source = LineSource::open(path);
    if (!source)
        return tl::unexpected(source.error());
    Reader reader(keep);
    for (;;) {
        const auto line = source->next();
        if (!line)
            return tl::unexpected(line.error());
        if (!*line)
            break;
        if ((*line)->trimmed().isEmpty())
            continue;
        const qint64 number = source->lineNumber();
        if (const auto read = reader.readLine(**line, number); !read)
            return fail(read.error().code, Texts::tr("Line %1 of “%2” cannot be read: %3.")
                                               .arg(number)
                                               .arg(file, read.error().message));
        if (number % kLinesBetweenReports == 0) {
            if (stop.stop_requested())
                return fail(ErrorCode::Cancelled, Texts::tr("The reading was stopped."));
            if (progress)
                progress(source->bytesRead(), source->fileSize());
        }
    }
    OutcomeTable table = reader.take();
    if (table.rows == 0)
        return fail(ErrorCode::InvalidInput, Texts::tr("“%1” holds no outcomes.").arg(file));
    if (table.models.empty())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("“%1” holds no model: “models” is empty in every line.").arg(file));
    return table;
}

} // namespace headgate::evaluation
