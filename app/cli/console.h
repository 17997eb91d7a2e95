#pragma once

#include "core/common/json.h"

namespace headgate::cli {

// Writes a line to stdout: data.
void print(const QString &line);
// Writes a JSON document to stdout.
void print(const Json &document);
// Writes a line to stderr: what a person is told.
void tell(const QString &line);

// "12 of 200" on one line of a terminal that is written over; silent where stderr is no terminal.
class Progress
{
public:
    Progress();
    ~Progress() { clear(); }
    void show(const QString &line);
    void clear();

private:
    bool m_isTerminal = false;
    bool m_shown = false;
};

} // namespace headgate::cli
