#pragma once

#include "core/policy/policy_document.h"

namespace headgate::ui {

// A policy that ships with the workbench.
struct Example
{
    QString path; // :/headgate/policies/….headgate
    QString name;
    QString about; // one line: what it shows
    policy::PolicyDocument document;
};

// All of them, the worked example first. A file that cannot be read is left out.
QList<Example> examples();
QString workedExamplePath();

} // namespace headgate::ui
