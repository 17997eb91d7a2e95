#pragma once

#include <QCoreApplication>

namespace headgate::catalog {

// Translates the texts that belong to no QObject of this module.
struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(headgate::catalog)
};

} // namespace headgate::catalog
