#pragma once

#include <QCoreApplication>

namespace headgate::evaluation {

// Translates the texts that belong to no QObject of this module.
struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(headgate::evaluation)
};

} // namespace headgate::evaluation
