#include "app/workbench/recovery_record.h"

#include "app/workbench/texts.h"
#include "core/common/redaction.h"
#include "core/policy/key_texts.h"
#include "core/policy/policy_format.h"

using namespace Qt::StringLiterals;

namespace headgate::workbench {

namespace {

constexpr int kRecoveryVersion = 1;
constexpr auto kFormat = "headgate.recovery";

} // namespace

QByteArray formatRecovery(const RecoveryRecord &record)
{
    const QByteArray policy = policy::formatPolicy(policy::withoutKeys(record.document));
    const Json head{{"format", kFormat},
                    {"version", kRecoveryVersion},
                    {"path", toStdString(record.path)},
                    {"source", toStdString(record.source)},
                    {"name", toStdString(redacted(record.name))},
                    {"at", toStdString(record.at.toUTC().toString(Qt::ISODateWithMs))},
                    {"edits", record.edits},
                    {"bytes", policy.size()}};
    const std::string line = head.dump(-1, ' ', true, Json::error_handler_t::replace);
    return QByteArray::fromStdString(line) + '\n' + policy;
}

Result<RecoveryRecord> parseRecovery(const QByteArray &text)
{
    const auto damaged = [](const QString &detail) {
        return fail(ErrorCode::Damaged, Texts::tr("A recovery file is damaged and is left alone."),
                    detail);
    };
    const qsizetype end = text.indexOf('\n');
    const auto head = parseJson(text.left(qMax<qsizetype>(end, 0)));
    if (!head || !head->is_object() || jsonString(*head, "format") != QLatin1StringView(kFormat))
        return damaged(u"head"_s);
    if (jsonNumber(*head, "version", 0) > kRecoveryVersion)
        return fail(ErrorCode::UnsupportedVersion,
                    Texts::tr("A recovery file was written by a newer version."));
    const QByteArray policy = text.mid(end + 1);
    if (policy.size() != qsizetype(jsonNumber(*head, "bytes", -1)))
        return damaged(u"length"_s);
    auto loaded = policy::parsePolicy(policy);
    if (!loaded)
        return damaged(loaded.error().message);
    RecoveryRecord record;
    record.path = jsonString(*head, "path");
    record.source = jsonString(*head, "source");
    record.name = jsonString(*head, "name");
    record.at = QDateTime::fromString(jsonString(*head, "at"), Qt::ISODateWithMs).toLocalTime();
    record.edits = qMax(1, int(jsonNumber(*head, "edits", 1)));
    record.document = std::move(loaded->document);
    return record;
}

} // namespace headgate::workbench
