#pragma once

#include <QString>

namespace headgate::workbench {

// A name of a policy as a file can be called, without suffix: without what leads to another folder,
// cannot be seen, or is not allowed somewhere.
QString fileNameOf(const QString &name);

} // namespace headgate::workbench
