#pragma once

#include <QCoreApplication>

namespace headgate::sqlite {

// Translates the texts that belong to no QObject of this module.
struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(headgate::sqlite)
};

} // namespace headgate::sqlite
