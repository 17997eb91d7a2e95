#pragma once

#include <QCoreApplication>

namespace headgate::workbench {

// Translates the texts that belong to no QObject of this module.
struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(headgate::workbench)
};

} // namespace headgate::workbench
