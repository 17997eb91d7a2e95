#pragma once

#include "core/common/json.h"

#include <optional>

namespace headgate::simulation {

// Reads the fields of a request and remembers the first fault, so that the reader needs no check
// after each. Null counts as absent.
class FieldReader
{
public:
    explicit FieldReader(const Json &object) // outlives it
        : m_object(object)
    {
    }

    const QString &fault() const { return m_fault; }
    void complain(const QString &fault);

    const Json *find(const char *key) const;
    // The member where it is an object; else an empty one, with a complaint where it is no object.
    const Json &object(const char *key);
    bool flag(const char *key);
    std::optional<qint64> count(const char *key, qint64 least, qint64 most);
    QString text(const char *key);
    // A text, or a list of texts.
    QStringList texts(const char *key);

private:
    const Json &m_object;
    QString m_fault;
};

// The text of a message: a string, or a list of parts whose "type" is "text". None where it holds
// anything else.
std::optional<QString> textOfContent(const Json &content);

} // namespace headgate::simulation
