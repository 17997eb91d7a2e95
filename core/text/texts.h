#pragma once

#include <QCoreApplication>

namespace headgate::text {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(headgate::text)
};

} // namespace headgate::text
