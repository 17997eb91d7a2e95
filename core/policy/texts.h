#pragma once

#include <QCoreApplication>

namespace headgate::policy {

// Translates the texts that belong to no QObject of this module.
struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(headgate::policy)
};

} // namespace headgate::policy
