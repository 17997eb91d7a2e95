#include "core/policy/route_pin_format.h"

#include "core/policy/member_reader.h"
#include "core/policy/texts.h"

#include <QSet>

namespace headgate::policy {

namespace {

Place placeOf(qsizetype number)
{
    return {.part = Place::Part::Pin, .number = number};
}

Result<QList<PinnedStep>> readPath(const Json &list, qsizetype number)
{
    QList<PinnedStep> path;
    for (const Json &step : list) {
        if (!step.is_array() || step.size() != 2 || !step[0].is_string() || !step[1].is_string())
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("Step %1 of the path of %2 must be a list of two texts: a "
                                  "node and the port that the query leaves it by.")
                            .arg(QString::number(path.size() + 1), placeOf(number).toString()));
        path.append({{toQString(step[0].get_ref<const std::string &>())},
                     toQString(step[1].get_ref<const std::string &>())});
    }
    return path;
}

Result<PinnedCall> readCall(Json object, qsizetype number)
{
    MemberReader members(std::move(object), placeOf(number));
    PinnedCall call;
    call.model = members.requiredText("model");
    call.provider = members.text("provider");
    call.modelId = members.text("id");
    call.ok = members.flag("ok");
    call.cost = members.decimal("cost_usd").value_or(Money());
    call.duration =
        std::chrono::nanoseconds(members.decimal("duration_s").value_or(Money()).nanos());
    if (members.failed())
        return fail(ErrorCode::InvalidInput, members.error());
    return call;
}

Result<PinnedScore> readScore(Json object, qsizetype number)
{
    std::optional<double> value;
    if (object.is_object() && object.contains("score") && object["score"].is_number())
        value = object["score"].get<double>();
    MemberReader members(std::move(object), placeOf(number));
    PinnedScore score;
    score.model = members.requiredText("model");
    score.scorers = members.list("scorers");
    score.score = value;
    score.cost = members.decimal("cost_usd").value_or(Money());
    score.duration =
        std::chrono::nanoseconds(members.decimal("duration_s").value_or(Money()).nanos());
    if (members.failed())
        return fail(ErrorCode::InvalidInput, members.error());
    if (score.score && !(*score.score >= 0 && *score.score <= 1))
        return fail(
            ErrorCode::InvalidInput,
            Texts::tr("A score of %1 is not between 0 and 1.").arg(placeOf(number).toString()));
    return score;
}

template<typename T>
Result<QList<T>> readEach(Json list, qsizetype number, Result<T> (*read)(Json, qsizetype))
{
    QList<T> values;
    for (Json &entry : list) {
        Result<T> value = read(std::move(entry), number);
        if (!value)
            return tl::unexpected(std::move(value).error());
        values.append(std::move(*value));
    }
    return values;
}

Result<RoutePin> readPin(Json object, qsizetype number)
{
    MemberReader members(std::move(object), placeOf(number));
    RoutePin pin;
    pin.id = members.requiredText("id");
    pin.name = members.text("name");
    const Json query = members.object("query");
    const Json pathList = members.list("path");
    Json callList = members.list("calls");
    Json scoreList = members.list("scores");
    if (members.failed())
        return fail(ErrorCode::InvalidInput, members.error());
    pin.extra = std::move(members).rest();
    pin.query = queryFromJson(query);
    Result<QList<PinnedStep>> path = readPath(pathList, number);
    if (!path)
        return tl::unexpected(std::move(path).error());
    Result<QList<PinnedCall>> calls = readEach(std::move(callList), number, readCall);
    if (!calls)
        return tl::unexpected(std::move(calls).error());
    Result<QList<PinnedScore>> scores = readEach(std::move(scoreList), number, readScore);
    if (!scores)
        return tl::unexpected(std::move(scores).error());
    pin.path = std::move(*path);
    pin.calls = std::move(*calls);
    pin.scores = std::move(*scores);
    return pin;
}

} // namespace

Result<QList<RoutePin>> readPins(Json list)
{
    QList<RoutePin> pins;
    QSet<QString> ids;
    for (Json &entry : list) {
        Result<RoutePin> pin = readPin(std::move(entry), pins.size() + 1);
        if (!pin)
            return tl::unexpected(std::move(pin).error());
        if (ids.contains(pin->id))
            return fail(
                ErrorCode::InvalidInput,
                Texts::tr("Two pins have the id “%1”; give one of them another id.").arg(pin->id));
        ids.insert(pin->id);
        pins.append(std::move(*pin));
    }
    return pins;
}

Json toJson(const RoutePin &pin)
{
    Json object = pin.extra;
    object["id"] = toStdString(pin.id);
    object["name"] = toStdString(pin.name);
    object["query"] = toJson(pin.query);
    Json &path = object["path"] = Json::array();
    for (const PinnedStep &step : pin.path)
        path.push_back(Json::array({toStdString(step.node.value), toStdString(step.port)}));
    Json &calls = object["calls"] = Json::array();
    for (const PinnedCall &call : pin.calls)
        calls.push_back({{"model", toStdString(call.model)},
                         {"provider", toStdString(call.provider)},
                         {"id", toStdString(call.modelId)},
                         {"ok", call.ok},
                         {"cost_usd", decimalToJson(call.cost)},
                         {"duration_s", decimalToJson(Money::fromNanos(call.duration.count()))}});
    Json &scores = object["scores"] = Json::array();
    for (const PinnedScore &score : pin.scores) {
        Json entry{{"model", toStdString(score.model)}, {"scorers", score.scorers}};
        if (score.score)
            entry["score"] = *score.score;
        if (score.cost > Money()) {
            entry["cost_usd"] = decimalToJson(score.cost);
            entry["duration_s"] = decimalToJson(Money::fromNanos(score.duration.count()));
        }
        scores.push_back(std::move(entry));
    }
    return object;
}

} // namespace headgate::policy
