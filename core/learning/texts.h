#pragma once

#include <QCoreApplication>

namespace headgate::learning {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(headgate::learning)
};

} // namespace headgate::learning
