#pragma once

#include <QList>
#include <QString>

namespace headgate::ui {

// A policy that ships with the workbench.
struct Example
{
    QString path; // :/headgate/policies/….headgate
    QString name;
    QString about; // one line: what it shows
};

// All of them, the worked example first. A file that cannot be read is left out.
QList<Example> examples();
QString workedExamplePath();

} // namespace headgate::ui
