#pragma once

#include "core/common/json.h"
#include "core/policy/node_kind.h"

#include <QStringList>

namespace headgate::evaluation {

// Reads the options of a grader. A value of the wrong type or out of range is noted, and so is an
// option that nobody asked for, a misspelled one: check() tells the first of them.
class GraderOptions
{
public:
    explicit GraderOptions(const Json &options);

    QString text(const char *name, const QString &fallback = {});
    // Must be there and not blank.
    QString requiredText(const char *name);
    double number(const char *name, double fallback, double least, double most);
    int count(const char *name, int fallback, int least, int most); // a whole number
    bool flag(const char *name, bool fallback);
    QStringList texts(const char *name);
    // One of the words; the first where it is absent.
    QString word(const char *name, const QStringList &words);
    // Null where it is absent.
    Json value(const char *name);

    // To be called last.
    [[nodiscard]] Result<> check() const;

private:
    const Json *find(const char *name);
    void complain(const char *name, const QString &should);

    const Json &m_options; // outlives me
    QStringList m_known;
    QString m_complaint;
};

// The form's field for "separator", which several graders have.
policy::Field separatorOption();

} // namespace headgate::evaluation
