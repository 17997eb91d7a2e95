#include "core/evaluation/outcome_table_reader.h"

#include "core/evaluation/datasets/row_source.h"
#include "core/evaluation/outcome_columns.h"
#include "core/evaluation/texts.h"

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kRowsBetweenReports = 1'000;

Result<> addRow(const RowSource &row, const OutcomeColumns &columns, OutcomeBuilder &builder)
{
    if (!row.complaint().isEmpty())
        return fail(ErrorCode::InvalidInput, row.complaint());
    const auto textIn = [&row](const QString &column) {
        const auto cell = row.value(column);
        return cell ? cell->text : QByteArray();
    };
    QByteArray id = textIn(u"id"_s);
    if (id.isEmpty())
        id = QByteArray::number(row.number());
    const QByteArray prompt = textIn(u"prompt"_s);
    if (prompt.trimmed().isEmpty())
        return fail(ErrorCode::InvalidInput, Texts::tr("its prompt is empty"));
    if (auto added = builder.addRow(id, prompt, textIn(u"subset"_s), textIn(u"label"_s)); !added)
        return added;
    return columns.read(row, [&builder](QByteArrayView model, const Outcome &outcome) {
        return builder.add(model, outcome);
    });
}

} // namespace

Result<OutcomeTable> readOutcomeColumns(RowSource &rows, const QString &file, KeptTexts keep,
                                        const ReadProgress &progress, const std::stop_token &stop)
{
    const OutcomeColumns columns(rows.columns());
    if (columns.isEmpty() || !rows.columns().contains(u"prompt"_s))
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("“%1” holds no outcomes: its columns must be called “prompt”, "
                              "“models.NAME.quality”, “models.NAME.cost_usd” and so on.")
                        .arg(file));
    OutcomeBuilder builder(keep);
    for (;;) {
        const auto more = rows.next();
        if (!more)
            return tl::unexpected(more.error());
        if (!*more)
            break;
        if (const auto added = addRow(rows, columns, builder); !added)
            return fail(added.error().code, Texts::tr("Row %1 of “%2” cannot be read: %3.")
                                                .arg(rows.number())
                                                .arg(file, added.error().message));
        if (builder.rows() % kRowsBetweenReports == 0) {
            if (stop.stop_requested())
                return fail(ErrorCode::Cancelled, Texts::tr("The reading was stopped."));
            if (progress)
                progress(rows.bytesRead(), rows.fileSize());
        }
    }
    OutcomeTable table = builder.take();
    if (table.rows == 0)
        return fail(ErrorCode::InvalidInput, Texts::tr("“%1” holds no outcomes.").arg(file));
    if (table.models.empty())
        return fail(
            ErrorCode::InvalidInput,
            Texts::tr("“%1” holds no outcomes: the columns of its models are empty in every "
                      "row.")
                .arg(file));
    return table;
}

} // namespace headgate::evaluation
