#pragma once

#include "ui/common/theme.h"

#include <QString>

namespace headgate::ui {

// How a kind of node looks wherever it appears.
struct KindStyle
{
    Token ink = Token::Flow;
    Token wash = Token::FlowWash;
    QString icon; // name for themedIcon()
};

// An unknown kind looks like a plain one.
KindStyle kindStyle(const QString &kind);

} // namespace headgate::ui
