#pragma once

#include <QCoreApplication>

namespace headgate::routers {

// Translates the texts that belong to no QObject of this module.
struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(headgate::routers)
};

} // namespace headgate::routers
