#pragma once

#include "core/common/json.h"

#include <QStringList>

namespace headgate::learning {

// Reads the options of a training. What is absent or null has its default; a member that has none,
// a value of another type or out of its range ends up in error(), the first of them.
class OptionReader
{
public:
    // `options` may be null.
    OptionReader(const Json &options, const Json &defaults);

    int integer(const char *key, int least, int most);
    double number(const char *key, double least, double most);
    bool flag(const char *key);
    QString choice(const char *key, const QStringList &choices);
    bool isText(const char *key) const; // of those that take a number or a word

    // Every option as it was used, for the artifact's header.
    const Json &all() const { return m_options; }
    bool failed() const { return !m_error.isEmpty(); }
    // InvalidInput with the sentence.
    [[nodiscard]] tl::unexpected<Error> error() const;

private:
    void refuse(const QString &sentence);

    Json m_options;
    QString m_error;
};

} // namespace headgate::learning
