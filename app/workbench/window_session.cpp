#include "app/workbench/window_session.h"

#include "core/common/json.h"

namespace headgate::workbench {

namespace {

Json placeToJson(const ui::DrawingPlace &place)
{
    Json selected = Json::array();
    for (const policy::NodeId &node : place.selected)
        selected.push_back(toStdString(node.value));
    return Json{{"zoom", place.zoom},
                {"x", place.centre.x()},
                {"y", place.centre.y()},
                {"selected", std::move(selected)}};
}

std::optional<ui::DrawingPlace> placeFromJson(const Json &json)
{
    ui::DrawingPlace place;
    place.zoom = jsonNumber(json, "zoom", 0);
    place.centre = {jsonNumber(json, "x", 0), jsonNumber(json, "y", 0)};
    if (!(place.zoom > 0))
        return std::nullopt;
    if (const auto selected = json.find("selected"); selected != json.end()) {
        for (const Json &node : *selected) {
            if (node.is_string())
                place.selected.append({toQString(node.get<std::string>())});
        }
    }
    return place;
}

} // namespace

QString formatSession(const WindowSession &session)
{
    Json entries = Json::array();
    for (const WindowSession::Entry &entry : session.entries) {
        Json json{{"source", toStdString(entry.source)}};
        if (entry.place)
            json["place"] = placeToJson(*entry.place);
        entries.push_back(std::move(json));
    }
    const Json whole{{"entries", std::move(entries)}, {"current", session.current}};
    return toQString(whole.dump(-1, ' ', true, Json::error_handler_t::replace));
}

WindowSession parseSession(const QString &text)
{
    WindowSession session;
    const auto json = parseJson(text.toUtf8());
    if (!json || !json->is_object())
        return session;
    session.current = int(jsonNumber(*json, "current", 0));
    const auto entries = json->find("entries");
    if (entries == json->end() || !entries->is_array())
        return session;
    for (const Json &each : *entries) {
        const QString source = each.is_object() ? jsonString(each, "source") : QString();
        if (source.isEmpty())
            continue;
        const auto place = each.find("place");
        session.entries.append({source, place != each.end() && place->is_object()
                                            ? placeFromJson(*place)
                                            : std::nullopt});
    }
    return session;
}

} // namespace headgate::workbench
