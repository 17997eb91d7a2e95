#pragma once

#include "core/common/json.h"

#include <QList>
#include <QString>

namespace headgate {

// One message of a conversation, in the shape that OpenAI's chat protocol gave the field.
struct Message
{
    enum class Role { System, User, Assistant, Tool };

    Role role = Role::User;
    QString text;
    Json extra = Json::object(); // other members, such as image parts, handed on as they are

    bool operator==(const Message &) const = default;
};

} // namespace headgate
