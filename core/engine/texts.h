#pragma once

#include <QCoreApplication>

namespace headgate::engine {

// Translates the texts that belong to no QObject of this module.
struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(headgate::engine)
};

} // namespace headgate::engine
