#pragma once

#include <QCoreApplication>

namespace headgate::ui {

// Translates the texts that belong to no QObject of this module.
struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(headgate::ui)
};

} // namespace headgate::ui
