#include "core/evaluation/metrics/router_scores.h"

#include "core/common/json.h"
#include "core/evaluation/line_source.h"
#include "core/evaluation/metrics/estimate.h"
#include "core/evaluation/texts.h"

#include <QHash>

namespace headgate::evaluation {

namespace {

struct ScoreLine
{
    QByteArray id;
    double score = 0;
};

Result<ScoreLine> scoreIn(QByteArrayView line)
{
    const Result<Json> object = parseJson(line.toByteArray());
    if (!object || !object->is_object())
        return fail(ErrorCode::InvalidInput, Texts::tr("it is no JSON object"));
    const auto id = object->find("id");
    const bool isText = id != object->end() && id->is_string();
    if (!isText && (id == object->end() || !id->is_number_integer()))
        return fail(ErrorCode::InvalidInput, Texts::tr("“id” must be text or a whole number"));
    const auto score = object->find("score");
    if (score == object->end() || !score->is_number())
        return fail(ErrorCode::InvalidInput, Texts::tr("“score” must be a number"));
    const std::string name = isText ? id->get<std::string>() : id->dump();
    return ScoreLine{.id = QByteArray::fromStdString(name), .score = score->get<double>()};
}

QHash<QByteArray, qint32> rowsById(const OutcomeTable &table)
{
    QHash<QByteArray, qint32> rows;
    rows.reserve(table.rows);
    for (qsizetype row = 0; row < table.rows; ++row)
        rows.insert(table.ids.at(row).toByteArray(), qint32(row));
    return rows;
}

// Puts the line's score at its row.
Result<> take(QByteArrayView line, const QHash<QByteArray, qint32> &rows, RouterScores &scores)
{
    const auto read = scoreIn(line);
    if (!read)
        return tl::unexpected(read.error());
    const auto row = rows.constFind(read->id);
    if (row == rows.constEnd()) {
        ++scores.unknownIds;
        return {};
    }
    double &score = scores.score[size_t(*row)];
    if (score == score)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("the id “%1” has a score already").arg(QString::fromUtf8(read->id)));
    score = read->score;
    return {};
}

} // namespace

Result<RouterScores> readRouterScores(const QString &path, const OutcomeTable &table)
{
    auto source = LineSource::open(path);
    if (!source)
        return tl::unexpected(std::move(source).error());
    const auto rows = rowsById(table);
    RouterScores scores{.score = std::vector<double>(size_t(table.rows), kUndefined)};
    qsizetype lines = 0;
    while (true) {
        const auto line = source->next();
        if (!line)
            return tl::unexpected(line.error());
        if (!*line)
            break;
        if ((*line)->trimmed().isEmpty())
            continue;
        ++lines;
        if (const auto taken = take(**line, rows, scores); !taken)
            return fail(taken.error().code, Texts::tr("Line %1 of “%2” cannot be read: %3.")
                                                .arg(source->lineNumber())
                                                .arg(path, taken.error().message));
    }
    if (lines == scores.unknownIds)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("“%1” has no score of any of these prompts.").arg(path));
    return scores;
}

} // namespace headgate::evaluation
